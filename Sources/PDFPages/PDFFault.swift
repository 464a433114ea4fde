/// Why there is no PDF: Cairo's words.
package struct PDFFault: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
