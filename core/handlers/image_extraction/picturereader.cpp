// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/picturereader.h"

#include "core/base/sentence.h"
#include "core/handlers/command/childprocess.h"
#include "core/handlers/image_extraction/readerexchange.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <signal.h>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
// All that the reader may know. With more threads Tesseract only waits for itself, and libgomp
// reads this once, when it is loaded.
std::vector<QByteArray> environment()
{
    std::vector<QByteArray> variables{"LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1"};
    for (const char* passed : {"TESSDATA_PREFIX", "LD_LIBRARY_PATH"}) {
        if (qEnvironmentVariableIsSet(passed))
            variables.push_back(QByteArray(passed) + '=' + qgetenv(passed));
    }
    return variables;
}

base::Error whyItEnded(const ChildEnd& end)
{
    if (end.wasSignalled && end.code == SIGXCPU)
        return fail(
            ErrorKind::Invalid,
            Sentence::tr(
                "The picture takes more computing than a card ever does; it was given up."));
    if (end.wasSignalled)
        return fail(ErrorKind::Internal,
                    Sentence::tr("The picture reader crashed over this picture (signal %1).")
                        .arg(end.code));
    return fail(
        ErrorKind::Internal,
        Sentence::tr("The picture reader ended over this picture (exit code %1).").arg(end.code));
}
} // namespace

QString pictureReaderProgram()
{
    const QDir here(QCoreApplication::applicationDirPath());
    for (const QString& place : {u"queuedeck-reader"_s, // a build and its tests
                                 u"../bin/queuedeck-reader"_s, QStringLiteral(QUEUEDECK_READER)}) {
        const QString path = QDir::cleanPath(here.absoluteFilePath(place));
        if (QFileInfo(path).isExecutable())
            return path;
    }
    return {};
}

PictureReader::PictureReader()
    : PictureReader(pictureReaderProgram(), Limits())
{
}

PictureReader::PictureReader(QString program, Limits limits)
    : m_program(std::move(program))
    , m_limits(limits)
{
}

PictureReader::~PictureReader() = default;

base::Status PictureReader::start(bool forReading)
{
    if (m_child && (m_child->hasEnded() || m_pictures >= m_limits.mostPictures ||
                    (forReading && !m_childReads)))
        m_child.reset();
    if (m_child)
        return {};
    if (m_program.isEmpty())
        return fail(
            ErrorKind::Unsupported,
            Sentence::tr("The program queuedeck-reader is missing; install Queuedeck again."));
    const QByteArray path = QFile::encodeName(m_program);
    ChildPlan plan;
    plan.program = FileDescriptor(::open(path.constData(), O_PATH | O_CLOEXEC));
    plan.isScript = true; // by path, so that its name shows in process lists
    plan.command = {path, forReading ? "read" : "show"};
    plan.environment = environment();
    plan.workingFolder = FileDescriptor(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    auto child =
        plan.program.isOpen()
            ? ChildProcess::start(plan)
            : base::Result<ChildProcess>(fail(ErrorKind::Unsupported, qt_error_string(errno)));
    if (!child)
        return fail(child.error().kind, Sentence::tr("The picture reader %1 cannot be started: %2")
                                            .arg(m_program, child.error().detail));
    m_child = std::make_unique<ChildProcess>(std::move(*child));
    m_childReads = forReading;
    m_pictures = 0;
    return {};
}

base::Result<ReaderReply> PictureReader::ask(const ReaderRequest& request, const Stops& stops)
{
    if (request.picture.size() > kLargestPicture)
        return fail(ErrorKind::Invalid, Sentence::tr("The picture has more than 20 MB."));
    if (const base::Status started = start(request.work != ReaderRequest::Work::Show); !started)
        return started.error();
    ++m_pictures;
    auto exchanged = exchange(*m_child, toWire(request), m_limits.wall, stops);
    if (exchanged.reply)
        return std::move(*exchanged.reply);
    const ChildEnd end = m_child->finish();
    m_child.reset();
    switch (exchanged.why) {
    case Exchanged::Why::Stopped:
        return fail(ErrorKind::Cancelled, Sentence::tr("Reading was stopped."));
    case Exchanged::Why::TimedOut:
        return fail(ErrorKind::Timeout, Sentence::tr("Reading the picture took longer than %1 s.")
                                            .arg(m_limits.wall.count() / 1000));
    case Exchanged::Why::Nonsense:
        return fail(ErrorKind::Internal,
                    Sentence::tr("The picture reader answered with nonsense."));
    case Exchanged::Why::Ended: break;
    }
    return whyItEnded(end);
}

base::Result<QJsonObject> PictureReader::read(const QByteArray& picture, domain::ScanType type,
                                              const Stops& stops)
{
    const auto reply = ask({ReaderRequest::reading(type), {}, picture}, stops);
    return reply ? reply->toFields() : reply.error();
}

base::Result<QImage> PictureReader::show(const QByteArray& picture, const QSize& within,
                                         const Stops& stops)
{
    const auto reply = ask({ReaderRequest::Work::Show, within, picture}, stops);
    return reply ? reply->toImage() : reply.error();
}

} // namespace queuedeck::handlers
