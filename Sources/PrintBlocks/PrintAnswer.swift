/// What comes back for a document.
package enum PrintAnswer: Hashable, Sendable {
  /// The PDF, and how many of its characters no installed font has: they are boxes.
  case pdf([UInt8], missingGlyphs: Int)
  /// Why there is none.
  case failed(String)

  package var bytes: [UInt8] {
    var writer = PrintWriter()
    switch self {
    case .pdf(let pdf, let missingGlyphs):
      writer.write(0 as UInt8)
      writer.write(UInt16(clamping: missingGlyphs))
      writer.write(pdf)
    case .failed(let reason):
      writer.write(1 as UInt8)
      writer.write(reason)
    }
    return writer.bytes
  }

  /// - Throws: ``PrintFault``.
  package init(_ bytes: [UInt8]) throws(PrintFault) {
    var reader = PrintReader(bytes)
    switch try reader.byte() {
    case 0:
      let missing = Int(try reader.number())
      let pdf = try reader.data()
      guard pdf.starts(with: Array("%PDF-".utf8)) else { throw .garbled }
      self = .pdf(pdf, missingGlyphs: missing)
    case 1: self = .failed(try reader.text())
    default: throw .garbled
    }
    guard reader.isAtEnd else { throw .garbled }
  }
}
