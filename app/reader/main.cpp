// SPDX-License-Identifier: GPL-3.0-or-later
// queuedeck-reader: decodes and reads the pictures that queuedeck and queuedeckctl give it, under
// limits. Started by them only; its output is for them and not for people.
#include "core/handlers/image_extraction/readerserver.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

int main(int argc, char** argv)
{
    const bool reads = argc == 2 && std::strcmp(argv[1], "read") == 0;
    const bool shows = argc == 2 && std::strcmp(argv[1], "show") == 0;
    if (!reads && !shows) {
        std::fputs("queuedeck-reader is started by queuedeck and queuedeckctl.\n", stderr);
        return 2;
    }
    // The answers go out on standard error. Output of a library that prints there must not get
    // mixed in.
    const int answers = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (answers < 0 || ::dup2(nowhere, STDOUT_FILENO) < 0 || ::dup2(nowhere, STDERR_FILENO) < 0)
        return 1;
    const QCoreApplication application(argc, argv);
    // Nothing is left to clean up, and a broken library cannot crash in doing so.
    ::_exit(queuedeck::handlers::serveReader(STDIN_FILENO, answers, reads));
}
