import ArgumentParser

/// How a report is written to standard output.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
