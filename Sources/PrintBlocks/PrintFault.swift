/// Why bytes are no document.
package enum PrintFault: Error, Hashable, Sendable {
  /// They were written by another version of the program.
  case otherVersion
  /// They end too early, go on behind the end, or say something that cannot be.
  case garbled
}
