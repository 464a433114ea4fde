import Domain

/// Reads `registry/enrollments.csv`.
enum EnrollmentsFile {
  static let columns: [TableColumn] = [
    .required("participantId"), .required("programName"), .required("status"), .init("invitedOn"),
    .init("enrolledOn"), .init("endsOn"),
  ]

  /// Adds the enrollments to the lists of their partners.
  static func read(
    _ bytes: [UInt8], file: String, _ names: RegistryNames, into lists: inout [[Enrollment]],
    _ findings: inout [Finding]
  ) {
    var table = TableReader(bytes, file: file, columns: columns)
    var keys = RowKeys(rowCount: table.rowCount)
    table.forEachRow { row in
      let partner = names.partner(&row, 0)
      let program = names.program(&row, 1)
      let status = row.word(2, EnrollmentStatus.self)
      let invitedOn = row.day(3)
      let enrolledOn = row.day(4)
      let endsOn = row.day(5)
      if status == .enrolled, row.isEmpty(4) {
        row.report(
          .X913, 4, "the status is enrolled, and enrolledOn is empty",
          remedy: "Fill in the day of the enrollment, or correct the status.")
      }
      row.checkOrder(enrolledOn, endsOn, 5)
      guard let partner, let program, let status else { return }
      keys.add(
        &row, 1, "participantId, program and enrolledOn", partner: partner, program: program,
        day: enrolledOn)
      lists[partner].append(
        Enrollment(
          program: program, status: status, invitedOn: invitedOn, enrolledOn: enrolledOn,
          endsOn: endsOn))
    }
    findings += table.findings.finished()
  }
}
