// The module map needs one header; these are the parts of libxml2 that XMLStream uses. There is no C
// code here, since all callbacks that are needed can be written in Swift.
#include <libxml/xmlversion.h>
// Foundation has headers of ICU of its own, and the compiler refuses a program that sees both. With
// ICU libxml2 only has two pointers more, at the end of a struct that is not used here.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
