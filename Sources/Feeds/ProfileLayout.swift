import Domain

/// A profile put on the header of a feed: which column is what.
struct ProfileLayout {
  /// A field and where its value comes from.
  struct Field {
    enum Origin {
      case column(Int)
      case constant([UInt8])
      case context(FeedProfile.ContextValue)
      case join([Int], with: [UInt8])
    }

    let field: EarningField
    let origin: Origin
    let source: FeedProfile.FieldSource
    /// The column with the sign.
    var sign: Int?

    /// The column that findings about the field point at.
    var column: Int? {
      switch origin {
      case .column(let column): column
      case .join(let columns, _): columns.first
      case .constant, .context: nil
      }
    }
  }

  /// A condition and its column.
  struct Condition {
    let column: Int
    let values: Set<[UInt8]>
  }

  /// A trailer whose columns are known.
  struct Trailer {
    let conditions: [Condition]
    let check: FeedProfile.Trailer.Check
    let ofSection: Bool
    /// The column of the sum.
    var column: Int?
  }

  /// The names of the columns.
  let names: [String]
  let fields: [Field]
  let leaveOut: [(conditions: [Condition], because: String)]
  let trailers: [Trailer]
  /// The columns that nothing of the profile asks for.
  let unused: [(number: Int, name: String)]

  /// - Throws: ``FeedRefusal`` with F103, F104 or F111.
  init(_ profile: FeedProfile, _ header: [HeaderMapping.Column], feed: FeedFile) throws(FeedRefusal)
  {
    guard header.count <= feed.limits.columns else {
      throw ProfileLayout.refusal(
        .F111, feed, header.first, message: "more than \(feed.limits.columns) columns")
    }
    var lookup = try Lookup(header, feed)
    if let types = profile.records { _ = lookup.find(.number(types.column)) }
    names = header.map(\.name)
    fields = ProfileLayout.fields(profile, &lookup)
    leaveOut = profile.leaveOut.map { rule in
      (ProfileLayout.conditions(rule.conditions, &lookup), rule.because)
    }
    trailers = profile.trailers.map { trailer in
      // What marks a trailer is in its own record, whose columns are not those of the header.
      let conditions = ProfileLayout.conditions(trailer.conditions, &lookup)
      var column: Int?
      if case .sum(_, let of) = trailer.check { column = lookup.find(of) }
      return Trailer(
        conditions: conditions, check: trailer.check, ofSection: trailer.ofSection, column: column)
    }
    guard lookup.missing.isEmpty else {
      let missing = lookup.missing.map { SafeText.shown($0) }.joined(separator: ", ")
      throw ProfileLayout.refusal(
        .F103, feed, header.first, field: lookup.missing[0],
        message: "the header has no column \(missing), which the profile"
          + " \(profile.name) asks for")
    }
    unused = header.indices.filter { !lookup.used.contains($0) }.map { ($0, header[$0].name) }
  }

  private static func fields(_ profile: FeedProfile, _ lookup: inout Lookup) -> [Field] {
    var fields: [Field] = []
    for field in EarningField.all {
      guard let source = profile[field] else { continue }
      let isOptional = source.isOptional
      let origin: Field.Origin?
      switch source.origin {
      case .column(let name):
        origin = lookup.find(name, isOptional: isOptional).map { .column($0) }
      case .constant(let text): origin = .constant(Array(text.utf8))
      case .context(let value): origin = .context(value)
      case .join(let names, let between):
        let columns = names.compactMap { lookup.find($0, isOptional: isOptional) }
        origin = columns.count == names.count ? .join(columns, with: Array(between.utf8)) : nil
      }
      guard let origin else { continue }
      let sign = source.sign.flatMap { lookup.find($0.column) }
      fields.append(Field(field: field, origin: origin, source: source, sign: sign))
    }
    return fields
  }

  private static func conditions(
    _ conditions: [FeedProfile.Condition], _ lookup: inout Lookup
  ) -> [Condition] {
    conditions.compactMap { condition in
      let values = Set(condition.values.map { Array($0.utf8) })
      return lookup.find(condition.column).map { Condition(column: $0, values: values) }
    }
  }

  private static func refusal(
    _ code: FindingCode, _ feed: FeedFile, _ column: HeaderMapping.Column?, field: String = "",
    message: String
  ) -> FeedRefusal {
    let place = column?.place
    return FeedRefusal(
      Finding(
        code, feed: feed.name, line: place?.line, column: place?.column,
        byteOffset: place?.byteOffset, field: SafeText.shown(field), message: message))
  }

  /// Finds columns by name, and remembers which were asked for.
  private struct Lookup {
    private var byName: [String: Int] = [:]
    private(set) var used: Set<Int> = []
    private(set) var missing: [String] = []
    private let count: Int

    init(_ header: [HeaderMapping.Column], _ feed: FeedFile) throws(FeedRefusal) {
      count = header.count
      for (number, column) in header.enumerated() where !column.name.isEmpty {
        let folded = HeaderMapping.fold(column.name)
        guard byName[folded] == nil else {
          let name = SafeText.shown(column.name)
          throw ProfileLayout.refusal(
            .F104, feed, column, field: column.name,
            message: "column \(number + 1), \(name), has the name of another one")
        }
        byName[folded] = number
      }
    }

    mutating func find(_ column: FeedProfile.ColumnName, isOptional: Bool = false) -> Int? {
      switch column {
      case .number(let number):
        // A trailer may be longer than the rows are.
        used.insert(number)
        return number
      case .names(let names):
        for name in names {
          guard let number = byName[HeaderMapping.fold(name)] else { continue }
          used.insert(number)
          return number
        }
        if !isOptional, !missing.contains(names[0]) { missing.append(names[0]) }
        return nil
      }
    }
  }
}
