package import Domain

/// Why a file of a bank is not taken in: nothing of it counts.
package struct BankRefusal: Error, Hashable, Sendable {
  package var finding: Finding

  package init(_ finding: Finding) {
    self.finding = finding
  }

  init(
    _ code: FindingCode, _ file: String, _ place: BankPlace?, field: String = "",
    value: String = "", _ message: String
  ) {
    finding = Finding(
      code, feed: file, line: place?.line, column: place?.column, byteOffset: place?.byteOffset,
      field: field, value: SafeText.shown(value), message: message)
  }
}
