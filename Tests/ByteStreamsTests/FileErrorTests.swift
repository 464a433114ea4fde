import ByteStreams
import Glibc
import Testing

@Suite("File error")
struct FileErrorTests {
  @Test(
    "says what could not be done, to what, and why",
    arguments: [
      ("open", EACCES, "cannot open inbox/x.csv: Permission denied (EACCES)"),
      ("write", ENOSPC, "cannot write inbox/x.csv: No space left on device (ENOSPC)"),
      // An error without a name in the list is shown by its number.
      ("read", EUCLEAN, "cannot read inbox/x.csv: Structure needs cleaning (error 117)"),
      // The program itself refused.
      ("read, as it is no regular file,", 0, "cannot read, as it is no regular file, inbox/x.csv"),
    ])
  func descriptions(operation: String, number: Int32, expected: String) {
    let error = FileError(path: "inbox/x.csv", operation: operation, errno: number)
    #expect(error.description == expected)
  }
}
