package import ExactMoney

/// An interval of days; the last day itself still counts.
package struct Validity: Hashable, Sendable {
  package var from: Day
  /// Nil = open.
  package var to: Day?

  package init(from: Day, to: Day?) {
    self.from = from
    self.to = to
  }

  /// Whether it holds on `day`: from the first of the month in which it began
  /// (docs/rules.md, "Validity").
  package func holds(on day: Day) -> Bool {
    from.firstOfMonth <= day && to.map { day <= $0 } ?? true
  }
}

/// An agreement of a partner.
package struct Agreement: Hashable, Sendable {
  package var name: String
  package var validity: Validity

  package init(name: String, validity: Validity) {
    self.name = name
    self.validity = validity
  }
}

/// How far a competency goes; gold includes silver.
package enum CompetencyLevel: UInt8, Comparable, Hashable, Sendable {
  case none, silver, gold

  package static func < (left: CompetencyLevel, right: CompetencyLevel) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A competency of a partner.
package struct Competency: Hashable, Sendable {
  package var name: String
  package var level: CompetencyLevel
  package var validity: Validity

  package init(name: String, level: CompetencyLevel, validity: Validity) {
    self.name = name
    self.level = level
    self.validity = validity
  }
}

/// How far an enrollment in a program has come.
package enum EnrollmentStatus: String, CaseIterable, Hashable, Sendable {
  case invited, actionRequired, validating, enrolled, inactive, discontinued
}

/// A partner's enrollment in one program.
package struct Enrollment: Hashable, Sendable {
  /// Index of the program's plan in ``Plans``.
  package var program: Int
  package var status: EnrollmentStatus
  package var invitedOn: Day?
  package var enrolledOn: Day?
  package var endsOn: Day?

  package init(
    program: Int, status: EnrollmentStatus, invitedOn: Day? = nil, enrolledOn: Day? = nil,
    endsOn: Day? = nil
  ) {
    self.program = program
    self.status = status
    self.invitedOn = invitedOn
    self.enrolledOn = enrolledOn
    self.endsOn = endsOn
  }
}

/// The state of a tax or payment profile.
package enum ProfileStatus: String, CaseIterable, Hashable, Sendable {
  case valid, pending, invalid
}

/// A partner's tax profile, for one program or for all.
package struct TaxProfile: Hashable, Sendable {
  /// Nil = all programs.
  package var program: Int?
  package var status: ProfileStatus
  /// The day of the first completion; it does not move when a form is renewed.
  package var completedOn: Day?
  package var expiresOn: Day?
  /// Never written to a finding or a log; statements show its last four characters.
  package var taxId: String = ""
  package var withholdingRate: ExactRate = .zero
  package var salesTaxRate: ExactRate = .zero

  package init(program: Int?, status: ProfileStatus) {
    self.program = program
    self.status = status
  }
}

/// How a payment reaches a partner.
package enum PaymentMethod: String, CaseIterable, Hashable, Sendable {
  case bankTransfer, creditNote
}

/// A partner's payment profile, for one program or for all.
package struct PaymentProfile: Hashable, Sendable {
  /// Nil = all programs.
  package var program: Int?
  package var status: ProfileStatus
  /// The day of the first completion.
  package var completedOn: Day?
  package var method: PaymentMethod
  package var currency: Currency
  package var accountHolder: String = ""
  /// Without blanks, in capitals. Never written to a finding or a log.
  package var iban: String = ""
  /// Where banks have no IBAN. Never written to a finding or a log.
  package var accountNumber: String = ""
  package var bic: String = ""
  /// Of a bank in the United States. Never written to a finding or a log.
  package var routingNumber: String = ""
  package var hold: Bool = false

  package init(program: Int?, status: ProfileStatus, method: PaymentMethod, currency: Currency) {
    self.program = program
    self.status = status
    self.method = method
    self.currency = currency
  }
}

/// What a user may do.
package enum UserRole: String, CaseIterable, Hashable, Sendable {
  case incentivesAdmin, incentivesUser
}

/// Somebody at a partner who may see its statements.
package struct User: Hashable, Sendable {
  package var userId: String
  package var name: String
  package var email: String
  package var role: UserRole
  /// Index of the partner in ``Registry/partners``.
  package var partner: Int
  /// Nil = all programs.
  package var program: Int?

  package init(
    userId: String, name: String, email: String, role: UserRole, partner: Int, program: Int?
  ) {
    self.userId = userId
    self.name = name
    self.email = email
    self.role = role
    self.partner = partner
    self.program = program
  }
}

/// What is known of partners on the day of a run.
///
/// Partners are numbered by the bytes of their ids, so that work done by number comes out in the
/// order in which everything is written. The lists of one partner keep the order of their files.
package struct Registry: Sendable {
  /// Sorted by the bytes of `participantId`.
  package let partners: [Partner]
  package let ids: NameIndex
  /// Each list below has one entry per partner.
  package let agreements: [[Agreement]]
  package let competencies: [[Competency]]
  package let enrollments: [[Enrollment]]
  package let taxProfiles: [[TaxProfile]]
  package let paymentProfiles: [[PaymentProfile]]
  /// In file order.
  package let users: [User]

  /// - Precondition: `partners` is sorted by the bytes of the ids, and every list of lists is as
  ///   long as it.
  package init(
    partners: [Partner], agreements: [[Agreement]], competencies: [[Competency]],
    enrollments: [[Enrollment]], taxProfiles: [[TaxProfile]],
    paymentProfiles: [[PaymentProfile]], users: [User]
  ) {
    precondition(
      [
        agreements.count, competencies.count, enrollments.count, taxProfiles.count,
        paymentProfiles.count,
      ].allSatisfy { $0 == partners.count })
    self.partners = partners
    var ids = NameIndex()
    for (number, partner) in partners.enumerated() {
      ids.insert(partner.participantId, number: number)
    }
    self.ids = ids
    self.agreements = agreements
    self.competencies = competencies
    self.enrollments = enrollments
    self.taxProfiles = taxProfiles
    self.paymentProfiles = paymentProfiles
    self.users = users
  }

  /// The tax profile that counts for a program: its own row, as a whole, before the one for all.
  package func taxProfile(partner: Int, program: Int) -> TaxProfile? {
    let profiles = taxProfiles[partner]
    return profiles.first { $0.program == program } ?? profiles.first { $0.program == nil }
  }

  /// The payment profile that counts for a program: its own row, as a whole, before that for all.
  package func paymentProfile(partner: Int, program: Int) -> PaymentProfile? {
    let profiles = paymentProfiles[partner]
    return profiles.first { $0.program == program } ?? profiles.first { $0.program == nil }
  }
}
