import Domain

/// Reads where a profile takes the fields of a row from.
enum ProfileFieldsFile {
  static func read(
    _ keys: inout YAMLReader, _ profile: inout FeedProfile, _ findings: inout FindingList
  ) {
    let hasSameNames = keys.flag("sameNames", &findings)
    if hasSameNames { readSameNames(&profile) }
    if hasSameNames, !keys.has("fields") { return keys.know(["fields"]) }
    guard let node = keys.require("fields", &findings),
      let map = YAMLReader(node, path: "fields", &findings)
    else { return }
    for entry in map.entries {
      guard let field = EarningField(name: entry.key) else {
        findings.add(
          .X903, at: entry.keyPlace, field: map.name(entry.key), value: entry.key,
          "\(SafeText.shown(entry.key)) is no field of a feed row",
          remedy: NearestName.remedy(
            "field", entry.key, among: EarningField.allCases.map(\.name)))
        continue
      }
      if let source = readSource(entry.value, field, profile, &findings) {
        profile[field] = source
      }
    }
    for field in EarningField.all where field.isRequired && profile[field] == nil {
      findings.add(
        .X904, at: map.place, field: map.name(field.name),
        "\(map.name(field.name)) is required and missing",
        remedy: "Add \(field.name) with its column, or a constant.")
    }
  }

  private static func readSameNames(_ profile: inout FeedProfile) {
    for field in EarningField.all {
      var source = FeedProfile.FieldSource(.column(.names([field.name])))
      source.isOptional = !field.isRequired
      profile[field] = source
    }
  }

  /// A column's name, or keys that say more.
  private static func readSource(
    _ node: YAMLValue, _ field: EarningField, _ profile: FeedProfile,
    _ findings: inout FindingList
  ) -> FeedProfile.FieldSource? {
    let name = "fields.\(field.name)"
    guard case .map = node else {
      return YAMLReader.nonEmptyText(node, name, &findings).map {
        .init(.column(ProfileRowsFile.column($0)))
      }
    }
    guard var keys = YAMLReader(node, path: name, &findings) else { return nil }
    guard let origin = readOrigin(&keys, profile, &findings) else { return nil }
    var source = FeedProfile.FieldSource(origin)
    source.isOptional = keys.flag("optional", &findings)
    if let node = keys.take("values", &findings),
      let map = YAMLReader(node, path: keys.name("values"), &findings)
    {
      for entry in map.entries {
        source.values[entry.key] = YAMLReader.text(entry.value, map.name(entry.key), &findings)
      }
    }
    let isNumber = !field.isText && field != .transactionDate
    source.isMinorUnits = keys.flag("minorUnits", &findings)
    source.isPercent = keys.flag("percent", &findings)
    if let node = keys.take("sign", &findings) { source.sign = readSign(node, name, &findings) }
    let isAmount = isNumber && field != .earningRate && field != .quantity
    refuse("minorUnits", isAmount, keys, &findings)
    refuse("percent", field == .earningRate, keys, &findings)
    refuse("sign", isNumber && field != .earningRate, keys, &findings)
    if source.isOptional && field.isRequired { refuse("optional", false, keys, &findings) }
    keys.reportUnknown(&findings)
    return source
  }

  private static func refuse(
    _ key: String, _ isAllowed: Bool, _ keys: YAMLReader, _ findings: inout FindingList
  ) {
    guard !isAllowed, let entry = keys.entries.first(where: { $0.key == key }) else { return }
    findings.add(
      .X905, at: entry.keyPlace, field: keys.name(key), "\(key) does not go with this field",
      remedy: "Remove it.")
  }

  private static func readOrigin(
    _ keys: inout YAMLReader, _ profile: FeedProfile, _ findings: inout FindingList
  ) -> FeedProfile.FieldSource.Origin? {
    let forms = ["column", "constant", "join", "record"]
    keys.know(forms + ["with"])
    let used = forms.filter { keys.has($0) && !($0 == "column" && keys.has("record")) }
    guard used.count == 1 else {
      findings.add(
        used.isEmpty ? .X904 : .X905, at: keys.place, field: keys.name("column"),
        used.isEmpty
          ? "where the field comes from is missing" : "the field comes from more than one place",
        remedy: "Write one of column, constant, join, or record with column.")
      return nil
    }
    switch used[0] {
    case "constant":
      return keys.text("constant", &findings).map { .constant($0) }
    case "join":
      let nodes = keys.requiredList("join", of: "column", &findings) ?? []
      let columns = nodes.compactMap { readColumn($0, keys.name("join"), &findings) }
      guard !columns.isEmpty else { return nil }
      return .join(columns, with: keys.text("with", &findings) ?? "")
    case "record":
      let entries = keys.entries.filter { $0.key == "record" || $0.key == "column" }
      return ProfileRowsFile.readContext(
        .map(entries, keys.place), keys.name("record"), profile, &findings
      ).map { .context($0) }
    default:
      guard let node = keys.take("column", &findings) else { return nil }
      return readColumn(node, keys.name("column"), &findings).map { .column($0) }
    }
  }

  /// A column, or a list of the names that it is known to have.
  private static func readColumn(
    _ node: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> FeedProfile.ColumnName? {
    let names = YAMLReader.list(node).compactMap { YAMLReader.nonEmptyText($0, name, &findings) }
    guard let first = names.first else { return nil }
    return names.count == 1 ? ProfileRowsFile.column(first) : .names(names)
  }

  private static func readSign(
    _ node: YAMLValue, _ name: String, _ findings: inout FindingList
  ) -> FeedProfile.Sign? {
    guard var keys = YAMLReader(node, path: name + ".sign", &findings) else { return nil }
    let column = keys.requiredText("column", &findings)
    func values(_ key: String) -> Set<String> {
      Set(
        (keys.requiredList(key, of: "value", &findings) ?? []).compactMap {
          YAMLReader.text($0, keys.name(key), &findings)
        })
    }
    let negative = values("negative")
    let positive = values("positive")
    keys.reportUnknown(&findings)
    if let both = negative.intersection(positive).first {
      findings.add(
        .X905, at: keys.place, field: keys.name("negative"), value: both,
        "the value \(SafeText.shown(both)) is both negative and positive",
        remedy: "Leave it in one of the two.")
    }
    return column.map {
      .init(column: ProfileRowsFile.column($0), negative: negative, positive: positive)
    }
  }
}
