import ByteStreams
import CLinux
import Glibc
import PDFPages
import PrintBlocks

// Draws PDFs for `payout`, which starts it: documents come in over a socket, one after the other, and
// a PDF or the reason why there is none goes back for each. It ends when the socket is closed.
//
// It is a program of its own so that `payout` need not load what draws letters, and so that names which
// come from outside are shaped where there are no books: if that goes wrong, a process ends that has
// nothing to lose.
var status = stat()
guard unsafe fstat(STDIN_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
  let text = "payout-pdf: it is started by payout, for the format pdf; alone it does nothing\n"
  _ = unsafe write(STDERR_FILENO, text, text.utf8.count)
  exit(64)
}
_ = end_with_parent()
let stream = FrameStream(adopting: STDIN_FILENO)
let renderer = PDFRenderer()
do throws(FrameFault) {
  while let message = try stream.receive() {
    let answer: PrintAnswer
    do {
      let (pdf, missing) = try renderer.pdf(PrintDocument(message))
      answer = .pdf(pdf, missingGlyphs: missing)
    } catch {
      answer = .failed("\(error)")
    }
    try stream.send(answer.bytes)
  }
} catch {
  // Whoever listened has gone.
  exit(74)
}
