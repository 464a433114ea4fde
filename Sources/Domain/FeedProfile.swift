/// The layout of somebody else's feed: how its bytes become rows, and its columns our fields.
///
/// docs/feeds.md has the language in which it is written. It is data: nothing in it can be run.
package struct FeedProfile: Hashable, Sendable {
  /// The profile of a canonical feed, which maps every name to itself.
  package static let canonicalName = "canonical"

  package var name: String
  /// A name that `TextEncoding` knows.
  package var encoding = "UTF-8"
  /// The delimiters that the feed may have, one of them throughout.
  package var delimiters: [UInt8] = [0x2C]
  package var quote: UInt8? = 0x22
  /// Whether blanks around a value do not belong to it.
  package var trims = false
  package var numbers = NumberFormat()
  /// Tried one after the other; a value that two of them read as different days is refused.
  package var dates: [DatePattern] = [.iso]
  /// The time zone of times without an offset.
  package var zone: TimeZoneName?

  /// Records before the header that are passed over.
  package var preamble = 0
  /// The names of the columns where the file has no header.
  package var columns: [String] = []
  /// Whether records that say the same as the header are passed over.
  package var repeatsHeader = false
  /// Whether a row may end early; what is missing is empty.
  package var allowsShortRows = false
  /// Where a value of each record says what it is.
  package var records: RecordTypes?
  package var leaveOut: [LeaveOut] = []
  /// Whether several rows may repeat one earning, of which the first counts.
  package var repeatsEarnings = false
  package var trailers: [Trailer] = []
  /// Where the feed's own id stands.
  package var feedId: ContextValue?
  package var parts: Parts?
  /// By ``EarningField/rawValue``; nil for a field that the feed does not have.
  package var fields = [FieldSource?](repeating: nil, count: EarningField.count)

  package init(name: String) {
    self.name = name
  }

  package subscript(field: EarningField) -> FieldSource? {
    get { fields[field.rawValue] }
    set { fields[field.rawValue] = newValue }
  }
}

extension FeedProfile {
  /// How the feed writes decimals.
  package struct NumberFormat: Hashable, Sendable {
    package var decimalMark: UInt8 = 0x2E
    /// The character between groups of three digits, as UTF-8; empty where there is none.
    package var thousandsMark: [UInt8] = []
    /// How negative numbers are written.
    package var negatives: Set<NegativeForm> = [.minus]
    /// Texts that may stand before or after a number, `$` say, as UTF-8.
    package var currencySigns: [[UInt8]] = []

    package init() {}
  }

  package enum NegativeForm: String, CaseIterable, Hashable, Sendable {
    /// `-1.00`
    case minus
    /// `1.00-`
    case trailingMinus
    /// `(1.00)`
    case parentheses
  }

  /// A zone by its name in the tz database, or by a fixed offset.
  package enum TimeZoneName: Hashable, Sendable {
    /// Minutes east of UTC.
    case offset(Int)
    case named(String)
  }

  /// Which value of a record says what it is, and what the values mean.
  package struct RecordTypes: Hashable, Sendable {
    /// The value that says it, from 0.
    package var column = 0
    /// The type of the records with the names of columns; nil where there are none.
    package var header: String?
    /// The types of rows.
    package var rows: Set<String> = []
    /// Types that are passed over, unless something else of the profile looks at them.
    package var others: Set<String> = []

    package init() {}
  }

  /// Rows that are no earnings of ours: all conditions hold.
  package struct LeaveOut: Hashable, Sendable {
    package var conditions: [Condition]
    /// Why, for the note.
    package var because: String

    package init(conditions: [Condition], because: String) {
      self.conditions = conditions
      self.because = because
    }
  }

  /// A column has one of some values.
  package struct Condition: Hashable, Sendable {
    package var column: ColumnName
    package var values: Set<String>

    package init(column: ColumnName, values: Set<String>) {
      self.column = column
      self.values = values
    }
  }

  /// A column by its number or by one of the names that it is known to have.
  package enum ColumnName: Hashable, Sendable {
    /// From 0.
    case number(Int)
    case names([String])
  }

  /// A record that says how many rows there are, or what a column adds up to.
  package struct Trailer: Hashable, Sendable {
    /// How the record is known.
    package var conditions: [Condition]
    package var check: Check
    /// Whether only the rows since the last header count.
    package var ofSection = false

    package enum Check: Hashable, Sendable {
      /// The value with the number of rows.
      case rows(Int)
      /// The value with a sum, and the column that it is of.
      case sum(Int, of: ColumnName)

      /// The value that is looked at, from 0.
      package var column: Int {
        switch self {
        case .rows(let column), .sum(let column, _): column
        }
      }
    }

    package init(conditions: [Condition], check: Check) {
      self.conditions = conditions
      self.check = check
    }
  }

  /// A value of the last record of some type, which holds for the rows after it.
  package struct ContextValue: Hashable, Sendable {
    package var record: String
    /// From 0.
    package var column: Int

    package init(record: String, column: Int) {
      self.record = record
      self.column = column
    }
  }

  /// A feed that comes in several files, each of which says which part it is.
  package struct Parts: Hashable, Sendable {
    /// What all parts share.
    package var group: ContextValue
    /// Counts from 1.
    package var number: ContextValue
    package var count: ContextValue

    package init(group: ContextValue, number: ContextValue, count: ContextValue) {
      self.group = group
      self.number = number
      self.count = count
    }
  }

  /// Where a field comes from and what is done to it.
  package struct FieldSource: Hashable, Sendable {
    package enum Origin: Hashable, Sendable {
      case column(ColumnName)
      case constant(String)
      case context(ContextValue)
      /// Several columns with a text between them; empty where the first of them is.
      case join([ColumnName], with: String)
    }

    package var origin: Origin
    /// Whether the column may be missing.
    package var isOptional = false
    /// What stands for what; other values stay as they are.
    package var values: [String: String] = [:]
    /// The number counts minor units of the row's currency.
    package var isMinorUnits = false
    /// A rate is written as `5` for 5%.
    package var isPercent = false
    /// The sign stands in another column.
    package var sign: Sign?

    package init(_ origin: Origin) {
      self.origin = origin
    }
  }

  /// The column that says whether an unsigned number is negative.
  package struct Sign: Hashable, Sendable {
    package var column: ColumnName
    package var negative: Set<String>
    package var positive: Set<String>

    package init(column: ColumnName, negative: Set<String>, positive: Set<String>) {
      self.column = column
      self.negative = negative
      self.positive = positive
    }
  }
}
