import Domain
import FoundationEssentials

/// Reads `registry/approvers.csv`: who may approve payment files. The file may be missing.
enum ApproversFile {
  static let path = "registry/approvers.csv"
  private static let columns: [TableColumn] = [
    .required("userId"), .init("name"), .required("publicKey"),
  ]

  /// What stands before the 32 bytes of a key of Ed25519 in the form that openssl writes
  /// (RFC 8410, section 4).
  private static let keyPrefix: [UInt8] = [
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]

  /// The approvers in the order of the file.
  static func read(_ bytes: [UInt8], _ findings: inout [Finding]) -> [Approver] {
    var table = TableReader(bytes, file: path, columns: columns)
    var keys = RowKeys(rowCount: table.rowCount)
    var lines: [[UInt8]: Int] = [:]
    var approvers: [Approver] = []
    table.forEachRow { row in
      let userId = row.value(0, expected: "at most 64 letters, digits, -, _ and .") {
        Approver.isUserId($0) ? $0 : nil
      }
      let key = row.value(2, expected: "the public key of Ed25519 in Base64, as openssl writes it")
      { publicKey($0) }
      guard let userId, let key else { return }
      keys.add(&row, 0, "userId", name: userId)
      if let line = lines.updateValue(row.line, forKey: key) {
        row.report(
          .X906, 2, "the approver in line \(line) has the same key",
          remedy: "Give each approver a key of its own: one signature must not count twice.")
      }
      approvers.append(Approver(userId: userId, name: row.raw(1), publicKey: key))
    }
    findings += table.findings.finished()
    return approvers
  }

  private static func publicKey(_ text: String) -> [UInt8]? {
    guard let data = Data(base64Encoded: text) else { return nil }
    let bytes = Array(data)
    guard bytes.count == keyPrefix.count + 32, bytes.starts(with: keyPrefix) else { return nil }
    return Array(bytes.dropFirst(keyPrefix.count))
  }
}
