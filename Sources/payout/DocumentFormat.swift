import ArgumentParser

/// How a document is shown.
enum DocumentFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people, in a terminal.
  case text
  /// For programs, by a schema in schemas/.
  case json
}
