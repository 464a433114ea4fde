/// What a path names.
package enum FileKind: Sendable {
  case missing
  case file
  case directory
  /// A pipe, a device, a socket, or something that may not even be looked at.
  case other
}
