import ByteStreams
import CSV
import Domain

/// The records of a feed that has a profile, sorted into rows and others.
///
/// A file of rejects is read, too: its records have `_` columns in front, and it has neither a
/// preamble nor trailers.
struct ProfileRecords: ~Copyable {
  /// What a record is.
  enum Kind {
    case header, row
    /// It says what some trailers of the layout ask for.
    case trailer
    case passedOver
  }

  let profile: FeedProfile
  let layout: ProfileLayout
  /// How many `_` columns stand in front.
  let annotations: Int
  let delimiter: UInt8
  /// The header as it came, without annotations; nil where there is none.
  let headerText: [UInt8]?
  let lineEnding: [UInt8]
  let encoding: TextEncoding
  let hasMark: Bool
  /// The last records of some types, which hold for the rows after them.
  private(set) var context: [String: ContextRecord] = [:]
  /// A type of records that say which feed or part this is, and say it twice in two ways.
  private(set) var contradiction: String?
  private let contextTypes: Set<[UInt8]>
  private let types: (column: Int, header: [UInt8]?, rows: Set<[UInt8]>, others: Set<[UInt8]>)?
  private let header: [[UInt8]]
  private let trims: Bool
  private(set) var records: CSVRecords
  private var isRecordLeft: Bool

  /// Opens a feed and reads its header.
  ///
  /// - Throws: ``FeedRefusal``.
  static func open(_ feed: FeedFile, _ profile: FeedProfile) throws(FeedRefusal) -> ProfileRecords {
    var first: FeedRefusal?
    for delimiter in profile.delimiters {
      do throws(FeedRefusal) {
        return try open(feed, profile, delimiter)
      } catch {
        // Only the delimiter that gives the columns is the right one.
        guard error.finding.code == .F103 else { throw error }
        first = first ?? error
      }
    }
    throw first ?? FeedRefusal(Finding(.F103, feed: feed.name, message: "no delimiter fits"))
  }

  private static func open(
    _ feed: FeedFile, _ profile: FeedProfile, _ delimiter: UInt8
  ) throws(FeedRefusal) -> ProfileRecords {
    let encoding = TextEncoding(profile.encoding) ?? .utf8
    var records = try CSVRecords.open(
      feed, dialect: CSVDialect(delimiter: delimiter, quote: profile.quote),
      encoding: encoding.isUTF8 ? nil : encoding)
    var start = ProfileStart(profile)
    let hasMark = records.hasMark
    var isFound = false
    while !isFound {
      guard try records.next(limit: 1) else { break }
      guard records.index.recordCount > 0 else { continue }
      isFound = start.take(&records, limit: feed.limits.columns)
    }
    guard start.sawRecord else {
      throw FeedRefusal(Finding(.F113, feed: feed.name, message: "the file is empty"))
    }
    guard let header = start.header else {
      throw FeedRefusal(
        Finding(
          .F103, feed: feed.name, line: 1, column: 1,
          message: "the feed has no header where the profile \(profile.name) expects it"))
    }
    let layout = try ProfileLayout(profile, header, feed: feed)
    return ProfileRecords(
      records, start, layout, profile, delimiter: delimiter, hasMark: hasMark)
  }

  private init(
    _ records: consuming CSVRecords, _ start: ProfileStart, _ layout: ProfileLayout,
    _ profile: FeedProfile, delimiter: UInt8, hasMark: Bool
  ) {
    encoding = records.encoding
    self.records = records
    self.profile = profile
    self.layout = layout
    annotations = start.annotations
    isRecordLeft = start.isRecordLeft
    context = start.context
    contextTypes = profile.contextTypes
    self.delimiter = delimiter
    headerText = start.headerText
    lineEnding = start.lineEnding
    self.hasMark = hasMark
    header = start.headerTexts
    trims = profile.trims
    types = profile.records.map { types in
      (
        types.column, types.header.map { Array($0.utf8) }, Set(types.rows.map { Array($0.utf8) }),
        Set(types.others.map { Array($0.utf8) })
      )
    }
  }

  /// Finds the next records.
  ///
  /// - Returns: False at the end of the feed. A true answer may still bring no record.
  /// - Throws: ``FeedRefusal``.
  mutating func next(limit: Int) throws(FeedRefusal) -> Bool {
    guard !isRecordLeft else {
      isRecordLeft = false
      return true
    }
    return try records.next(limit: limit)
  }

  /// The place of a record's beginning; records in order.
  mutating func place(of record: Int) -> Place { records.place(of: record) }

  /// How many bytes of the feed a part of the buffer takes.
  mutating func width(of range: Range<Int>) -> Int { records.width(of: range) }

  var isConverted: Bool { records.isConverted }

  /// The text of a value; nil where the record ends before it.
  func value(_ record: Int, _ column: Int) -> [UInt8]? {
    let fields = records.fields(of: record)
    let field = fields.lowerBound + annotations + column
    guard field < fields.upperBound else { return nil }
    let text = records.text(ofField: field)
    return trims ? Array(ProfileNumber.trimmed(text[...])) : text
  }

  /// A record as it came, without annotations.
  func rawText(_ record: Int) -> [UInt8] {
    records.rawText(of: record, from: annotations)
  }

  /// What a record is; remembers what holds for those after it.
  mutating func kind(_ record: Int) -> Kind {
    if layout.trailers.contains(where: { holds($0.conditions, record) }) { return .trailer }
    guard let types else {
      return profile.repeatsHeader && values(record) == header ? .header : .row
    }
    guard let type = value(record, types.column) else { return .row }
    if contextTypes.contains(type) { remember(record, String(decoding: type, as: UTF8.self)) }
    if type == types.header { return .header }
    // What is of no known type is a row with a wrong shape, so that it is not lost.
    return types.rows.contains(type) || !types.others.contains(type) ? .row : .passedOver
  }

  private mutating func remember(_ record: Int, _ type: String) {
    let text = rawText(record)
    if let earlier = context[type], earlier.text != text, profile.identityTypes.contains(type) {
      contradiction = contradiction ?? type
    }
    context[type] = ContextRecord(values: values(record), text: text)
  }

  /// Whether a record is of a type that rows have; always where there are no types.
  func isOfRowType(_ record: Int) -> Bool {
    guard let types else { return true }
    return value(record, types.column).map { types.rows.contains($0) } ?? false
  }

  func holds(_ conditions: [ProfileLayout.Condition], _ record: Int) -> Bool {
    conditions.allSatisfy { condition in
      value(record, condition.column).map { condition.values.contains($0) } ?? false
    }
  }

  /// The same for a row, in which values at its end may be missing and are empty then.
  func rowHolds(_ conditions: [ProfileLayout.Condition], _ record: Int) -> Bool {
    guard profile.allowsShortRows else { return holds(conditions, record) }
    return conditions.allSatisfy { condition in
      condition.values.contains(value(record, condition.column) ?? [])
    }
  }

  private func values(_ record: Int) -> [[UInt8]] {
    let count = records.fields(of: record).count - annotations
    return (0..<max(count, 0)).map { value(record, $0) ?? [] }
  }
}

extension FeedProfile {
  /// The types of records whose values hold for the rows after them.
  var contextTypes: Set<[UInt8]> {
    var values = [feedId, parts?.group, parts?.number, parts?.count].compactMap(\.self)
    for case .context(let value) in fields.compactMap({ $0?.origin }) { values.append(value) }
    return Set(values.map { Array($0.record.utf8) })
  }

  /// The types of records that say which feed or which part of one it is.
  var identityTypes: Set<String> {
    Set([feedId, parts?.group, parts?.number, parts?.count].compactMap { $0?.record })
  }
}
