import BuiltInTemplates
import Documents

/// The style and the picture of a page.
enum StatementStyle {
  /// The colours, the program's rules, those of the workspace.
  static func rules(_ design: StatementDesign) -> String {
    let light = design.accent?.text ?? "#1f5fa8"
    let dark = design.accentDark?.text ?? design.accent?.text ?? "#8ab8f0"
    return """
      :root { --accent: \(light); }
      @media (prefers-color-scheme: dark) { :root { --accent: \(dark); } }
      @media print { :root { --accent: \(light); } }
      \(BuiltInTemplates.statementStyle)\(design.style)
      """
  }

  /// The logo inside the page; the payer's name stands beside it, so that it needs no text.
  static func picture(_ logo: StatementDesign.Logo) -> String {
    "<img alt=\"\" src=\"data:\(logo.kind.mediaType);base64,\(base64(logo.bytes))\">"
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group = UInt32(bytes[start]) << 16
      if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
      if count > 2 { group |= UInt32(bytes[start + 2]) }
      for digit in 0..<4 {
        text.append(digit <= count ? letters[Int(group >> UInt32(18 - 6 * digit)) & 63] : 0x3D)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
