/// The page and the style of statements that come with the program, as text: the files beside this
/// one.
package enum BuiltInTemplates {
  package static let statement = String(
    decoding: PackageResources.statement_mustache, as: UTF8.self)
  package static let statementStyle = String(
    decoding: PackageResources.statement_css, as: UTF8.self)
}
