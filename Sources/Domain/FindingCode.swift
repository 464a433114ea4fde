// The names are the codes that users see.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

/// A stable name for one thing that can be said about the input.
///
/// A code means the same for ever: codes are never reused or renumbered, retired ones stay. Its
/// texts stand in `FindingText+*.swift`, one file per family; to add a code, add a case here, its texts
/// there, and a feed or workspace in `samples/rejected` that shows it.
package enum FindingCode: String, CaseIterable, Hashable, Sendable, Comparable {
  // Feeds: what refuses a whole feed, or is said about it.
  case F101, F102, F103, F104, F105, F106, F107, F108, F109, F110, F111, F112, F113, F114, F115
  case F116, F117, F118, F119
  // Rows.
  case R201, R202, R203, R204, R205, R206, R207, R208, R209, R210, R211, R212, R213, R214, R215
  case R216, R217, R218
  // Eligibility.
  case E301, E302, E303, E304, E305
  // Calculation: C401 overflow, C402 a sum that does not add up, C403 the same on a statement that
  // is checked, C404 lines of a statement that are missing or not in order.
  case C401, C402, C403, C404
  // Payment files (B601 to B619), reconciliation (from B620 on).
  case B601, B602, B603, B604, B605, B606, B607, B608, B609, B610
  case B620, B621, B622, B623, B624, B625, B626, B627, B628, B629, B630, B631
  case B632, B633
  // Holds.
  case H501, H502, H503, H504, H505, H506, H507, H508, H509
  // Configuration, registry, plans: X901 missing or unreadable file, X902 not YAML or not a CSV
  // table, X903 unknown key or column, X904 something required is missing, X905 value not allowed,
  // X906 the same name or key twice, X907 interval ends before it begins, X908 unknown partner,
  // program or name, X909 tier steps with a gap, an overlap or an end, X910 split not 100%,
  // X911 rate below 0 or above 100%, X912 rates entry that can never be reached,
  // X913 enrolled without a date, X914 something posted or closed was changed, X915 a partner or
  // program with a balance is gone, X916 an accepted earning without a rate.
  case X901, X902, X903, X904, X905, X906, X907, X908, X909, X910, X911, X912, X913, X914, X915
  case X916

  package static func < (left: FindingCode, right: FindingCode) -> Bool {
    left.rawValue < right.rawValue
  }

  /// How much a finding with this code matters.
  package var severity: Severity {
    switch self {
    case .F110, .F116, .F118, .R211, .R217: .note
    case .B601, .B602, .B603, .B606, .B609: .note
    case .F117, .B604, .B605, .B610, .B625, .B626, .B627, .B629, .B630, .B633: .warning
    case .E301, .E302, .E303, .E304, .E305: .note
    case .H501, .H502, .H503, .H504, .H505, .H506, .H507, .H508, .H509: .note
    default: .error
    }
  }

  /// Whether it rejects the row it is about.
  package var rejectsRow: Bool {
    rawValue.hasPrefix("R") && severity == .error
  }
}

/// How much a finding matters, ascending.
package enum Severity: String, CaseIterable, Hashable, Comparable, Sendable {
  case note, warning, error

  package static func < (left: Severity, right: Severity) -> Bool {
    rank(left) < rank(right)
  }

  private static func rank(_ severity: Severity) -> Int {
    switch severity {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}
