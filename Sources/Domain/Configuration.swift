package import ExactMoney

/// Who pays.
package struct Payer: Hashable, Sendable {
  package var name = ""
  package var street = ""
  package var postCode = ""
  package var town = ""
  package var country = ""
  package var iban = ""
  package var bic = ""
  package var id = ""
  /// Accounts for single currencies; `iban` pays all others.
  package var accounts: [PayerAccount] = []

  package init() {}

  /// Name and address as on a letter, without what is missing.
  package var lines: [String] {
    let place = [postCode, town].filter { !$0.isEmpty }.joined(separator: " ")
    return [name, street, place, country].filter { !$0.isEmpty }
  }

  /// By what paymentIds and bank files know the payer.
  package var identity: String { id.isEmpty ? name : id }
}

/// An account of the payer for one currency.
package struct PayerAccount: Hashable, Sendable {
  package var currency: Currency
  /// Empty where files for banks in the United States are made for the account.
  package var iban = ""
  package var bic = ""
  /// Of the payer's own bank in the United States, which takes the file.
  package var routingNumber = ""
  /// By which that bank knows the payer: at most ten characters.
  package var companyId = ""
  package var bankName = ""
  /// By which files of that bank name the account; no file for it needs it.
  package var accountNumber = ""

  package init(currency: Currency) {
    self.currency = currency
  }
}

/// Which layout reads which feeds; the first pattern that matches counts.
package struct FeedPattern: Hashable, Sendable {
  /// A file name, in which `*` stands for any characters and `?` for one.
  package var files: String
  package var profile: String?

  package init(files: String, profile: String?) {
    self.files = files
    self.profile = profile
  }

  /// Whether a file name fits the pattern as a whole.
  package func matches(_ name: String) -> Bool {
    FeedPattern.matches(Array(files.unicodeScalars)[...], Array(name.unicodeScalars)[...])
  }

  /// Goes back to the last `*` where the rest does not fit: linear in both for one star, and never
  /// worse than their product.
  private static func matches(
    _ pattern: ArraySlice<Unicode.Scalar>, _ name: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    var (pattern, name) = (pattern, name)
    var retry: (pattern: ArraySlice<Unicode.Scalar>, name: ArraySlice<Unicode.Scalar>)?
    while let letter = name.first {
      if pattern.first == "*" {
        pattern = pattern.dropFirst()
        retry = (pattern, name)
      } else if pattern.first == "?" || pattern.first == letter {
        pattern = pattern.dropFirst()
        name = name.dropFirst()
      } else if let last = retry {
        retry = (last.pattern, last.name.dropFirst())
        pattern = last.pattern
        name = last.name.dropFirst()
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == "*" }
  }
}

/// Bounds on what is read from outside, each with its reason in docs/operations.md.
package struct Limits: Hashable, Sendable {
  /// Bytes of one value.
  package var field = 65_536
  /// Bytes of one record.
  package var row = 1_048_576
  package var columns = 1000
  package var xmlDepth = 32
  /// How many times its compressed size a feed may expand to.
  package var expansionRatio = 100
  /// Bytes a compressed feed may expand to.
  package var expansionBytes = 64 << 30
  /// The share of a feed's rows that may be rejected before the feed is refused.
  package var rejectRate = ExactRate(parts: 20_000_000_000_000)
  /// Findings listed per feed; all are counted.
  package var findings = 10_000

  package init() {}
}

/// How statements look and speak, as `payout.yaml` says it; every value was checked.
package struct StatementSettings: Hashable, Sendable {
  /// A text in the place of the program's own.
  package struct Text: Hashable, Sendable {
    package var language: String
    package var word: String
    package var text: String

    package init(language: String, word: String, text: String) {
      self.language = language
      self.word = word
      self.text = text
    }
  }

  /// The path of a picture in the workspace.
  package var logo: String?
  /// Colours as `#1f5fa8`, on a light and on a dark ground.
  package var accent: String?
  package var accentDark: String?
  package var texts: [Text] = []

  package init() {}
}

/// What `payout.yaml` says.
package struct Configuration: Sendable {
  /// The first period; from then on the ledger knows.
  package var openPeriod: Period
  package var payer = Payer()
  package var rounding = RoundingMode.halfAwayFromZero
  package var formats: [String] = ["csv"]
  package var statements = StatementSettings()
  /// Which reports are written.
  package var reports = Set(ReportKind.allCases)
  package var feeds: [FeedPattern] = []
  package var limits = Limits()
  /// How many users have to approve payment files before they are written.
  package var approvals = 0
  package var payments = PaymentTerms()

  package init(openPeriod: Period) {
    self.openPeriod = openPeriod
  }
}
