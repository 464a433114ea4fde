import Domain

/// Reads what a profile says of records: types, rows to leave out, trailers, ids and parts.
enum ProfileRowsFile {
  static func read(
    _ keys: inout YAMLReader, _ profile: inout FeedProfile, _ findings: inout FindingList
  ) {
    if let node = keys.take("records", &findings) {
      profile.records = readTypes(node, profile, &findings)
    }
    for node in keys.list("leaveOut", &findings) ?? [] {
      guard var rule = YAMLReader(node, path: "leaveOut", &findings) else { continue }
      let conditions = readWhere(&rule, &findings)
      let because = rule.requiredText("because", &findings)
      rule.reportUnknown(&findings)
      if let because { profile.leaveOut.append(.init(conditions: conditions, because: because)) }
    }
    for node in keys.list("trailers", &findings) ?? [] {
      if let trailer = readTrailer(node, &findings) { profile.trailers.append(trailer) }
    }
    if let node = keys.take("feedId", &findings) {
      profile.feedId = readContext(node, "feedId", profile, &findings)
    }
    if let node = keys.take("parts", &findings),
      var parts = YAMLReader(node, path: "parts", &findings)
    {
      func part(_ key: String) -> FeedProfile.ContextValue? {
        parts.require(key, &findings).flatMap {
          readContext($0, parts.name(key), profile, &findings)
        }
      }
      let (group, number, count) = (part("group"), part("number"), part("count"))
      parts.reportUnknown(&findings)
      if let group, let number, let count {
        profile.parts = .init(group: group, number: number, count: count)
      }
    }
  }

  private static func readTypes(
    _ node: YAMLValue, _ profile: FeedProfile, _ findings: inout FindingList
  ) -> FeedProfile.RecordTypes? {
    guard var keys = YAMLReader(node, path: "records", &findings) else { return nil }
    var types = FeedProfile.RecordTypes()
    types.column = (readNumber("column", &keys, &findings) ?? 1) - 1
    types.header = keys.text("header", &findings)
    types.rows = Set(texts(keys.requiredList("rows", of: "type", &findings) ?? [], &findings))
    types.others = Set(texts(keys.list("others", &findings) ?? [], &findings))
    if let header = types.header, !profile.columns.isEmpty {
      findings.add(
        .X905, at: keys.any("header")?.place, field: "records.header", value: header,
        "the profile has both columns and a record with their names",
        remedy: "Remove columns, or records.header.")
    }
    keys.reportUnknown(&findings)
    return types
  }

  private static func texts(
    _ nodes: [YAMLValue], _ findings: inout FindingList
  ) -> [String] {
    nodes.compactMap { YAMLReader.nonEmptyText($0, "records", &findings) }
  }

  /// The conditions of `where`: columns and the values they may have.
  private static func readWhere(
    _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> [FeedProfile.Condition] {
    guard let node = keys.require("where", &findings),
      let map = YAMLReader(node, path: keys.name("where"), &findings)
    else { return [] }
    if map.entries.isEmpty {
      findings.add(
        .X904, at: map.place, field: keys.name("where"), "where has no condition",
        remedy: "Write a column and the values that it has.")
    }
    return map.entries.map { entry in
      let values = values(entry.value, map.name(entry.key), &findings)
      return FeedProfile.Condition(column: column(entry.key), values: Set(values))
    }
  }

  /// One value or a list; nothing is the empty text.
  private static func values(
    _ node: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> [String] {
    YAMLReader.list(node).compactMap { value in
      if case .nothing = value { return "" }
      return YAMLReader.text(value, name, &findings)
    }
  }

  /// A column by its number, from 1, or by its name.
  static func column(_ text: String) -> FeedProfile.ColumnName {
    YAMLReader.wholeNumber(text, 1...100_000).map { .number($0 - 1) } ?? .names([text])
  }

  private static func readTrailer(
    _ node: YAMLValue, _ findings: inout FindingList
  ) -> FeedProfile.Trailer? {
    guard var keys = YAMLReader(node, path: "trailers", &findings) else { return nil }
    let conditions = readWhere(&keys, &findings)
    let rows = readNumber("rows", &keys, &findings)
    let sum = readNumber("sum", &keys, &findings)
    let of = keys.text("of", &findings).map(column)
    let isOfSection = keys.flag("section", &findings)
    keys.reportUnknown(&findings)
    var check: FeedProfile.Trailer.Check?
    if let rows, sum == nil, of == nil { check = .rows(rows - 1) }
    if let sum, let of, rows == nil { check = .sum(sum - 1, of: of) }
    guard let check else {
      findings.add(
        .X904, at: keys.place, field: "trailers",
        "a trailer has either rows, or sum and of",
        remedy: "Write rows: with the number of the value that counts, or sum: and of: a column.")
      return nil
    }
    var trailer = FeedProfile.Trailer(conditions: conditions, check: check)
    trailer.ofSection = isOfSection
    return trailer
  }

  /// The number of a value in its record, from 1.
  private static func readNumber(
    _ key: String, _ keys: inout YAMLReader, _ findings: inout FindingList
  ) -> Int? {
    keys.value(key, expected: "the number of a value, from 1", &findings) {
      YAMLReader.wholeNumber($0, 1...100_000)
    }
  }

  /// `{record: HEAD, column: 5}`
  static func readContext(
    _ node: YAMLValue, _ name: String, _ profile: FeedProfile, _ findings: inout FindingList
  ) -> FeedProfile.ContextValue? {
    guard var keys = YAMLReader(node, path: name, &findings) else { return nil }
    let record = keys.requiredText("record", &findings)
    let number = readNumber("column", &keys, &findings)
    keys.reportUnknown(&findings)
    guard let record, let number else {
      if record != nil { _ = keys.require("column", &findings) }
      return nil
    }
    if !(profile.records?.others.contains(record) ?? false) {
      findings.add(
        .X908, at: keys.any("record")?.place, field: keys.name("record"), value: record,
        "records.others has no type of this name",
        remedy: "List the type under records: others, or correct it.")
    }
    return FeedProfile.ContextValue(record: record, column: number - 1)
  }
}
