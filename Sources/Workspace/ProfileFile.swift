import ByteStreams
import Domain
import Foundation

/// Reads a profile: what a YAML file says of somebody's layout, all problems at once.
///
/// docs/feeds.md has the language.
enum ProfileFile {
  /// - Parameter name: The file's name without `.yaml`, which the profile has to have.
  /// - Returns: Nil where there is any problem.
  static func read(
    _ bytes: [UInt8], name: String, _ findings: inout FindingList
  ) -> FeedProfile? {
    guard let value = YAMLFile.read(bytes, &findings),
      var keys = YAMLReader(value, path: "", &findings)
    else { return nil }
    let before = findings.count
    var profile = FeedProfile(name: name)
    readName(name, &keys, &findings)
    keys.know(["description"])
    readText(&keys, &profile, &findings)
    readNumbers(&keys, &profile.numbers, &findings)
    readDates(&keys, &profile, &findings)
    readRows(&keys, &profile, &findings)
    ProfileRowsFile.read(&keys, &profile, &findings)
    ProfileFieldsFile.read(&keys, &profile, &findings)
    keys.reportUnknown(&findings)
    return findings.count == before ? profile : nil
  }

  private static func readName(
    _ name: String, _ keys: inout YAMLReader, _ findings: inout FindingList
  ) {
    guard let own = keys.requiredText("profile", &findings), own != name else { return }
    findings.add(
      .X905, at: keys.any("profile")?.place, field: "profile", value: own,
      "profile: expected \(SafeText.shown(name)), the name of the file without .yaml",
      remedy: "Write the name of the file here, or rename the file.")
  }

  // MARK: Bytes and marks

  private static func readText(
    _ keys: inout YAMLReader, _ profile: inout FeedProfile, _ findings: inout FindingList
  ) {
    let encodings = "an encoding: \(TextEncoding.names.joined(separator: ", "))"
    if let encoding = keys.value(
      "encoding", expected: encodings, &findings, { TextEncoding($0) == nil ? nil : $0 })
    {
      profile.encoding = encoding
    }
    if let node = keys.take("delimiter", &findings) {
      let values = YAMLReader.list(node)
      profile.delimiters = values.compactMap { value in
        YAMLReader.value(
          value, "delimiter", expected: "one ASCII character, or tab", &findings, delimiter)
      }
    }
    if let quote = keys.value(
      "quote", expected: "one ASCII character, or none", &findings, { quoteMark($0) })
    {
      profile.quote = quote.mark
    }
    if let quote = profile.quote, profile.delimiters.contains(quote) {
      findings.add(
        .X905, at: keys.any("quote")?.place, field: "quote", "quote and delimiter are the same",
        remedy: "Write different characters, or quote: none.")
    }
    profile.trims = keys.flag("trim", &findings)
  }

  private static func delimiter(_ text: String) -> UInt8? {
    if text == "tab" || text == "\t" { return 0x09 }
    return asciiMark(text)
  }

  private static func quoteMark(_ text: String) -> (mark: UInt8?, isNone: Bool)? {
    if text == "none" { return (nil, true) }
    return asciiMark(text).map { ($0, false) }
  }

  /// One character that can neither be part of a name or number nor end a line.
  private static func asciiMark(_ text: String) -> UInt8? {
    guard text.utf8.count == 1, let byte = text.utf8.first, byte > 0x20, byte < 0x7F,
      !(0x30...0x39).contains(byte), !(0x41...0x5A).contains(byte & 0xDF)
    else { return nil }
    return byte
  }

  private static func readNumbers(
    _ keys: inout YAMLReader, _ numbers: inout FeedProfile.NumberFormat,
    _ findings: inout FindingList
  ) {
    if let mark = keys.value(
      "decimalMark", expected: "a point or a comma", &findings,
      { $0 == "." ? UInt8(0x2E) : $0 == "," ? 0x2C : nil })
    {
      numbers.decimalMark = mark
    }
    let marks = [".", ",", "'", " ", "\u{A0}", "\u{202F}", "’"]
    if let mark = keys.value(
      "thousandsMark", expected: "a point, a comma, an apostrophe or a blank", &findings,
      { marks.contains($0) ? Array($0.utf8) : nil })
    {
      numbers.thousandsMark = mark
    }
    if numbers.thousandsMark == [numbers.decimalMark] {
      findings.add(
        .X905, at: keys.any("thousandsMark")?.place, field: "thousandsMark",
        "thousandsMark and decimalMark are the same", remedy: "Write different marks.")
    }
    readSigns(&keys, &numbers, &findings)
  }

  /// How negative numbers are written, and what may stand beside a number.
  private static func readSigns(
    _ keys: inout YAMLReader, _ numbers: inout FeedProfile.NumberFormat,
    _ findings: inout FindingList
  ) {
    if let values = keys.list("negative", &findings) {
      let names = FeedProfile.NegativeForm.allCases.map(\.rawValue).joined(separator: ", ")
      numbers.negatives = Set(
        values.compactMap {
          YAMLReader.value($0, "negative", expected: "one of \(names)", &findings) {
            FeedProfile.NegativeForm(rawValue: $0)
          }
        })
    }
    for value in keys.list("currencySigns", &findings) ?? [] {
      let expected = "a text without digits, blanks, marks of numbers and signs, like $ or EUR"
      let sign = YAMLReader.value(value, "currencySigns", expected: expected, &findings) {
        isCurrencySign($0) ? $0 : nil
      }
      if let sign { numbers.currencySigns.append(Array(sign.utf8)) }
    }
    // The longest first: US$ before $.
    numbers.currencySigns.sort { $0.count > $1.count }
  }

  /// Whether a text can be no part of a number.
  private static func isCurrencySign(_ text: String) -> Bool {
    !text.isEmpty
      && !text.unicodeScalars.contains { scalar in
        scalar.properties.numericType != nil || scalar.properties.isWhitespace
          || "+-−().,'’%".unicodeScalars.contains(scalar)
      }
  }

  private static func readDates(
    _ keys: inout YAMLReader, _ profile: inout FeedProfile, _ findings: inout FindingList
  ) {
    if let node = keys.take("dates", &findings) {
      let expected =
        "iso, or a pattern of yyyy, MM, M, MMM, MMMM, dd, d, HH, mm, ss and Z, like dd.MM.yyyy"
      profile.dates = YAMLReader.list(node).compactMap {
        YAMLReader.value($0, "dates", expected: expected, &findings) { DatePattern($0) }
      }
    }
    profile.zone = keys.value(
      "timeZone", expected: "a time zone that this machine knows, like Europe/Berlin, or +09:00",
      &findings, zone)
    guard profile.zone == nil,
      let open = profile.dates.first(where: { $0.hasTime && !$0.hasOffset })
    else { return }
    findings.add(
      .X904, at: keys.any("dates")?.place, field: "timeZone",
      "timeZone is missing, and times of \(SafeText.shown(open.text)) have no offset",
      remedy: "Add timeZone: the zone of the clock that wrote the times.")
  }

  private static func zone(_ text: String) -> FeedProfile.TimeZoneName? {
    if text == "UTC" || text == "Z" { return .offset(0) }
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    if let sign = text.first, sign == "+" || sign == "-" {
      guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hours = Int(parts[0]),
        let minutes = Int(parts[1]), (0...14).contains(hours), (0...59).contains(minutes)
      else { return nil }
      return .offset((sign == "-" ? -1 : 1) * (hours * 60 + minutes))
    }
    return TimeZone(identifier: text) == nil ? nil : .named(text)
  }

  // MARK: Rows

  private static func readRows(
    _ keys: inout YAMLReader, _ profile: inout FeedProfile, _ findings: inout FindingList
  ) {
    profile.preamble =
      keys.value("preamble", expected: "how many lines stand before the header", &findings) {
        YAMLReader.wholeNumber($0, 0...1000)
      } ?? 0
    profile.columns = (keys.list("columns", &findings) ?? []).compactMap {
      YAMLReader.nonEmptyText($0, "columns", &findings)
    }
    profile.repeatsHeader = keys.flag("repeatedHeaders", &findings)
    profile.allowsShortRows = keys.flag("shortRows", &findings)
    profile.repeatsEarnings = keys.flag("repeatedEarnings", &findings)
  }
}
