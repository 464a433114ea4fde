package import ByteStreams
package import Domain

/// Reads `bank/*.yaml`: the layouts of banks' CSV files. There may be none.
package enum BankProfileFile {
  /// The profiles by their names, and the problems of all of them.
  ///
  /// - Throws: ``FileError``.
  package static func load(
    root: String
  ) throws(FileError) -> (profiles: [BankProfile], findings: [Finding]) {
    var profiles: [BankProfile] = []
    var findings: [Finding] = []
    let names = try FileSystem.listDirectory(root + "/bank").filter {
      $0.hasSuffix(".yaml") && !$0.hasPrefix(".")
    }
    for name in names.sorted(by: precedesInBytes) {
      let bytes = try FileSystem.readFile(root + "/bank/" + name)
      var list = FindingList(file: "bank/" + name, bytes: bytes, excerpts: .hidden)
      if let profile = read(bytes, name: String(name.dropLast(5)), &list) {
        profiles.append(profile)
      }
      findings += list.finished()
    }
    return (profiles, findings)
  }

  /// - Returns: Nil, with findings, where something is wrong with it.
  static func read(
    _ bytes: [UInt8], name: String, _ findings: inout FindingList
  ) -> BankProfile? {
    guard let value = YAMLFile.read(bytes, &findings),
      var keys = YAMLReader(value, path: "", &findings)
    else { return nil }
    var profile = BankProfile(name: name)
    readFormat(&keys, &profile, &findings)
    profile.account = (keys.text("account", &findings) ?? "").replacing(" ", with: "").uppercased()
    if let node = keys.take("currency", &findings) {
      profile.currency = YAMLReader.currency(node, "currency", &findings)
    }
    readColumns(&keys, &profile, &findings)
    keys.reportUnknown(&findings)
    return findings.count == 0 ? profile : nil
  }

  private static func readFormat(
    _ keys: inout YAMLReader, _ profile: inout BankProfile, _ findings: inout FindingList
  ) {
    let delimiters: [String: UInt8] = ["comma": 0x2C, "semicolon": 0x3B, "tab": 0x09]
    profile.delimiter =
      keys.value("delimiter", expected: "comma, semicolon or tab", &findings) { delimiters[$0] }
      ?? 0x2C
    profile.decimalComma =
      keys.value("decimals", expected: "point or comma", &findings) {
        ["point": false, "comma": true][$0]
      } ?? false
    profile.dates =
      keys.value("dates", expected: "a pattern like dd.MM.yyyy", &findings) { DatePattern($0) }
      ?? .iso
    profile.skippedLines =
      keys.value("skipLines", expected: "a number of lines up to 100", &findings) {
        YAMLReader.wholeNumber($0, 0...100)
      } ?? 0
  }

  private static func readColumns(
    _ keys: inout YAMLReader, _ profile: inout BankProfile, _ findings: inout FindingList
  ) {
    guard let node = keys.require("columns", &findings),
      var columns = YAMLReader(node, path: "columns", &findings)
    else { return }
    for field in BankProfile.Field.allCases {
      guard let text = columns.text(field.rawValue, &findings), !text.isEmpty else { continue }
      profile.columns[field] = text
    }
    columns.reportUnknown(&findings)
    let found = profile.columns
    func has(_ field: BankProfile.Field) -> Bool { found[field] != nil }
    let needs: [(Bool, String)] = [
      (has(.date), "date"), (has(.amount) || has(.debit), "amount, or debit and credit"),
      (has(.account) || !profile.account.isEmpty, "account, or the key account"),
      (has(.currency) || profile.currency != nil, "currency, or the key currency"),
    ]
    for (isThere, what) in needs where !isThere {
      findings.add(
        .X904, at: columns.place, field: "columns", "columns: it lacks \(what)",
        remedy: "Write the header of that column behind its name.")
    }
  }
}
