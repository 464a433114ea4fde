import ByteStreams
package import Domain

/// Reads a file of a bank, whatever kind it is, as a whole or not at all.
package struct BankFileReader: Sendable {
  private static let headBytes = 1 << 14

  private let accounts: BankAccounts
  private let profiles: [BankProfile]

  /// - Parameter profiles: The layouts of banks' CSV files.
  package init(accounts: BankAccounts, profiles: [BankProfile] = []) {
    self.accounts = accounts
    self.profiles = profiles
  }

  /// Reads a file.
  ///
  /// - Parameter name: As findings name it.
  /// - Throws: ``BankRefusal`` if anything of it cannot be relied on.
  package func read(path: String, name: String) throws(BankRefusal) -> BankFile {
    let head = try head(path, name)
    if ACHReturnReader.isACH(head) {
      return try ACHReturnReader(name: name, accounts: accounts).read(path: path)
    }
    guard isXML(head) else {
      return try BankCSVReader(name: name, accounts: accounts, profiles: profiles).read(path: path)
    }
    guard let namespace = BankMessage.namespace(in: head) else {
      throw BankRefusal(
        .B621, name, nil, "it is no message of ISO 20022: its namespace is another, or none")
    }
    switch BankMessage.read(namespace: namespace) {
    case .message(let message):
      switch message.kind {
      case .statement, .notification:
        return try StatementMessageReader(message, name: name, accounts: accounts).read(path: path)
      case .statusReport:
        return try StatusMessageReader(message, name: name).read(path: path)
      }
    case .otherVersion(let version):
      throw BankRefusal(
        .B621, name, nil, value: version,
        "\(SafeText.shown(version)) is a version that cannot be read: camt.053 and camt.054 are read"
          + " in the versions 001.02, 001.04 and 001.08, pain.002 in 001.03, 001.10 and 001.11")
    case .otherMessage(let message):
      throw BankRefusal(
        .B621, name, nil, value: message,
        "\(SafeText.shown(message)) is no message about what became of payments: camt.053, camt.054"
          + " and pain.002 are")
    }
  }

  private func head(_ path: String, _ name: String) throws(BankRefusal) -> [UInt8] {
    var source = try BankBytes.open(path, name)
    var buffer = [UInt8](repeating: 0, count: BankFileReader.headBytes)
    let count = try BankBytes.read(&source, &buffer, name)
    return Array(buffer.prefix(count))
  }

  /// Whether the first byte that is no blank and no mark of the byte order begins a tag. Of letters of
  /// two or four bytes the others are zero.
  private func isXML(_ head: [UInt8]) -> Bool {
    let marks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF]
    return head.first { $0 > 0x20 && !marks.contains($0) } == 0x3C
  }
}
