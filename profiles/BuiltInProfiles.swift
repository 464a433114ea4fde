/// The profiles that come with the program, as text: the `.yaml` files beside this one.
package enum BuiltInProfiles {
  /// By name, sorted.
  package static let all: [(name: String, text: [UInt8])] = [
    ("apple-financial", PackageResources.apple_financial_yaml),
    ("aws-marketplace", PackageResources.aws_marketplace_yaml),
    ("ddex-sales", PackageResources.ddex_sales_yaml),
    ("google-play", PackageResources.google_play_yaml),
    ("partner-center", PackageResources.partner_center_yaml),
    ("partner-center-growth", PackageResources.partner_center_growth_yaml),
    ("paypal-settlement", PackageResources.paypal_settlement_yaml),
    ("shopify-partners", PackageResources.shopify_partners_yaml),
  ]
}
