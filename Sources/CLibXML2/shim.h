// The module map needs one header; these are the parts of libxml2 that XMLStream uses. There is no C
// code here, since all callbacks that are needed can be written in Swift.
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
