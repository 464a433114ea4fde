/// The part a partner plays in the channel.
package enum PartnerRole: String, CaseIterable, Hashable, Sendable {
  case indirectProvider, directBill, indirectReseller
}

/// Whether a partner takes part.
package enum PartnerStatus: String, CaseIterable, Hashable, Sendable {
  case active, suspended, terminated
}

/// A company that earns.
package struct Partner: Hashable, Sendable {
  /// Opaque; leading zeros count.
  package var participantId: String
  package var name: String
  package var role: PartnerRole
  /// ISO 3166 alpha-2.
  package var country: String
  /// BCP 47.
  package var language: String = "en"
  package var status: PartnerStatus = .active
  /// The wave in which the partner moved onto this system; earlier earnings are not ours to pay.
  package var payableFrom: Day?
  package var street: String = ""
  package var postCode: String = ""
  package var town: String = ""

  package init(participantId: String, name: String, role: PartnerRole, country: String) {
    self.participantId = participantId
    self.name = name
    self.role = role
    self.country = country
  }
}
