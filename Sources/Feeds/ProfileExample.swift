import Domain

/// How a value is to be written by a profile, for people who correct one.
enum ProfileExample {
  /// What to do about a number or date that is written otherwise.
  static func remedy(_ field: EarningField, _ profile: FeedProfile) -> String {
    if field == .transactionDate {
      let patterns = profile.dates.map { $0 == .iso ? "2026-10-05" : $0.text }
      return "Write the date like \(patterns.joined(separator: " or ")), as the profile"
        + " \(profile.name) says."
    }
    if profile[field]?.isMinorUnits == true {
      return "Write whole minor units, like 123450, as the profile \(profile.name) says."
    }
    return "Write the number like \(number(profile.numbers)), as the profile \(profile.name) says."
  }

  private static func number(_ format: FeedProfile.NumberFormat) -> String {
    let thousands = String(decoding: format.thousandsMark, as: UTF8.self)
    let plain = "1\(thousands)234\(Character(UnicodeScalar(format.decimalMark)))50"
    let forms = FeedProfile.NegativeForm.allCases.filter(format.negatives.contains).map { form in
      switch form {
      case .minus: "-\(plain)"
      case .trailingMinus: "\(plain)-"
      case .parentheses: "(\(plain))"
      }
    }
    return ([plain] + forms).joined(separator: " or ")
  }
}
