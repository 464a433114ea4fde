import Domain

/// Reads `registry/users.csv`.
enum UsersFile {
  static let columns: [TableColumn] = [
    .required("userId"), .init("name"), .required("email"), .required("role"),
    .required("participantId"), .init("programName"),
  ]

  /// The users in the order of the file.
  static func read(
    _ bytes: [UInt8], file: String, _ names: RegistryNames, _ findings: inout [Finding]
  ) -> [User] {
    var table = TableReader(bytes, file: file, columns: columns)
    var keys = RowKeys(rowCount: table.rowCount)
    var users: [User] = []
    table.forEachRow { row in
      let userId = row.text(0)
      // Lists of addresses are joined by blanks.
      let email = row.value(2, expected: "an e-mail address without blanks") { text in
        text.utf8.contains(0x40) && !text.utf8.contains { $0 <= 0x20 } ? text : nil
      }
      let role = row.word(3, UserRole.self)
      let partner = names.partner(&row, 4)
      let program = names.programOrAll(&row, 5)
      guard let userId, let email, let role, let partner, let program else { return }
      keys.add(
        &row, 0, "userId, participantId and program", partner: partner, program: program.number,
        name: userId)
      users.append(
        User(
          userId: userId, name: row.raw(1), email: email, role: role, partner: partner,
          program: program.number))
    }
    findings += table.findings.finished()
    return users
  }
}
