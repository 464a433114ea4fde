package import Domain

/// Tells how the columns of a feed are read.
package enum FeedColumns {
  /// The columns of a CSV feed in their order, then what comes from elsewhere.
  ///
  /// - Returns: Nothing for XML, whose elements have the names of the fields.
  /// - Throws: ``FeedRefusal``.
  package static func columns(of feed: FeedFile) throws(FeedRefusal) -> [FeedColumn] {
    if let profile = feed.profile {
      let reader = try ProfileFeedReader.open(feed, profile)
      return columns(reader.layout, profile)
    }
    guard !feed.isXML else { return [] }
    let reader = try CSVFeedReader.open(feed)
    let names = reader.header.names
    return names.indices.map { index in
      let field = reader.header.fields[index]
      let use = field < 0 ? [] : [EarningField.all[field].name]
      return FeedColumn(number: index + 1, name: names[index], use: use)
    }
  }

  private static func columns(_ layout: ProfileLayout, _ profile: FeedProfile) -> [FeedColumn] {
    var columns = layout.names.enumerated().map { index, name in
      FeedColumn(number: index + 1, name: name, use: [])
    }
    func use(_ column: Int, _ what: String) {
      if columns.indices.contains(column) { columns[column].use.append(what) }
    }
    for field in layout.fields {
      let name = field.field.name
      let how = how(field, profile)
      switch field.origin {
      case .column(let column): use(column, name + how)
      case .join(let parts, _):
        for (index, column) in parts.enumerated() {
          use(column, "\(name), part \(index + 1) of \(parts.count)")
        }
      case .constant(let text):
        let shown = SafeText.shown(String(decoding: text, as: UTF8.self))
        columns.append(FeedColumn(number: nil, name: "", use: ["\(name) is always \(shown)"]))
      case .context(let value):
        columns.append(
          FeedColumn(
            number: nil, name: "",
            use: ["\(name) is value \(value.column + 1) of the last record \(value.record)"]))
      }
      if let sign = field.sign { use(sign, "the sign of \(name)") }
    }
    for rule in layout.leaveOut {
      for condition in rule.conditions { use(condition.column, "rows left out: \(rule.because)") }
    }
    if let types = profile.records { use(types.column, "what a record is") }
    return columns
  }

  /// What is done to the values of a field.
  private static func how(_ field: ProfileLayout.Field, _ profile: FeedProfile) -> String {
    var notes: [String] = []
    switch field.field {
    case .transactionDate:
      notes.append("dates " + profile.dates.map(\.text).joined(separator: " or "))
    case .transactionAmount, .earningAmount, .quantity, .earningRate:
      notes.append("decimal mark \(Character(UnicodeScalar(profile.numbers.decimalMark)))")
      if field.source.isMinorUnits { notes.append("in minor units") }
      if field.source.isPercent { notes.append("per cent") }
    default: break
    }
    if !field.source.values.isEmpty { notes.append("\(field.source.values.count) values replaced") }
    return notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"
  }
}
