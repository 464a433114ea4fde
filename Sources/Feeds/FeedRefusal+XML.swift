import Domain
package import XMLStream

extension FeedRefusal {
  /// The refusal that a fault of an XML document is.
  ///
  /// - Parameter name: Of the document, as findings name it.
  package init(_ fault: XMLFault, name: String) {
    let (code, message): (FindingCode, String) =
      switch fault.kind {
      case .notWellFormed(let message): (.F105, "XML is not well-formed: \(message)")
      case .doctype: (.F107, "a DOCTYPE is not accepted, whatever it holds")
      case .endsInTheMiddle: (.F112, "the file ends before the root element is closed")
      case .invalidEncoding: (.F102, "bytes that are not valid in the file's encoding")
      case .limit(let which): (.F111, "a limit is exceeded: \(which)")
      }
    self.init(
      Finding(
        code, feed: name, line: fault.line, column: fault.column, byteOffset: fault.byteOffset,
        message: message))
  }
}
