import Domain

/// Reads `registry/partners.csv`.
enum PartnersFile {
  static let columns: [TableColumn] = [
    .required("participantId"), .required("name"), .required("role"), .required("country"),
    .init("language"), .init("status"), .init("payableFrom"), .init("street"), .init("postCode"),
    .init("town"),
  ]

  /// The partners, sorted by the bytes of their ids.
  ///
  /// Rows with problems are among them if they have an id, so that other tables may name them.
  ///
  /// - Returns: The partners, and whether the id of every row could be read.
  static func read(
    _ bytes: [UInt8], file: String, _ findings: inout [Finding]
  ) -> (partners: [Partner], isComplete: Bool) {
    var table = TableReader(bytes, file: file, columns: columns)
    var keys = RowKeys(rowCount: table.rowCount)
    var partners: [Partner] = []
    partners.reserveCapacity(table.rowCount)
    table.forEachRow { row in
      guard let partner = partner(&row) else { return }
      keys.add(&row, 0, "participantId", name: partner.participantId)
      partners.append(partner)
    }
    findings += table.findings.finished()
    return (sorted(partners), table.isComplete && partners.count == table.rowCount)
  }

  private static func partner(_ row: inout TableReader) -> Partner? {
    let id = row.value(0, expected: "at most 200 bytes without control characters") { text in
      text.utf8.count <= 200 && !ControlCharacters.isInIdentifier(text) ? text : nil
    }
    let name = row.text(1)
    let role = row.word(2, PartnerRole.self)
    let country = row.value(3, expected: "a country code of ISO 3166 in capitals, like DE") {
      Countries.code($0)
    }
    let language = row.value(4, expected: "a language tag of BCP 47, like ko or en-GB") {
      isLanguage($0) ? $0 : nil
    }
    let status = row.word(5, PartnerStatus.self)
    let payableFrom = row.day(6)
    guard let id else { return nil }
    var partner = Partner(
      participantId: id, name: name ?? "", role: role ?? .directBill, country: country ?? "")
    partner.language = language ?? "en"
    partner.status = status ?? .active
    partner.payableFrom = payableFrom
    partner.street = row.raw(7)
    partner.postCode = row.raw(8)
    partner.town = row.raw(9)
    return partner
  }

  /// A language of two to eight letters, then subtags of one to eight letters and digits.
  private static func isLanguage(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
    guard let language = parts.first, (2...8).contains(language.count),
      language.allSatisfy(isLetter)
    else { return false }
    return parts.dropFirst().allSatisfy { part in
      (1...8).contains(part.count)
        && part.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20)
  }

  /// Numbers are sorted in place of the partners, which are large, by the first bytes of the ids
  /// as one integer, and only where these are equal by the rest.
  private static func sorted(_ partners: [Partner]) -> [Partner] {
    let keys = partners.map { prefix($0.participantId) }
    let order = partners.indices.sorted { left, right in
      keys[left] != keys[right]
        ? keys[left] < keys[right]
        : precedesInBytes(partners[left].participantId, partners[right].participantId)
    }
    return order.map { partners[$0] }
  }

  /// Eight bytes, zeros after a shorter id: ids have no zero bytes, so these order like the ids.
  private static func prefix(_ id: String) -> UInt64 {
    var prefix: UInt64 = 0
    var count = 0
    for byte in id.utf8.prefix(8) {
      prefix = prefix << 8 | UInt64(byte)
      count += 1
    }
    return count == 0 ? 0 : prefix << UInt64(8 * (8 - count))
  }
}
