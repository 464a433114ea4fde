// The module map needs one header; these are the parts of Pango and Cairo that PDFPages uses.
#include <pango/pangocairo.h>
#include <cairo-pdf.h>
