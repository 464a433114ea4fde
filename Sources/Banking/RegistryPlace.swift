/// The files that findings about payments name.
enum RegistryPlace {
  static let partners = "registry/partners.csv"
  static let profiles = "registry/payment-profiles.csv"
  static let configuration = "payout.yaml"
}
