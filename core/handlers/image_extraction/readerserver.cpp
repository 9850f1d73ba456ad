// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/image_extraction/readerserver.h"

#include "core/handlers/image_extraction/cardreader.h"
#include "core/handlers/image_extraction/confinement.h"
#include "core/handlers/image_extraction/imagecheck.h"
#include "core/handlers/image_extraction/readerprotocol.h"

#include <QBuffer>
#include <QSemaphore>
#include <QThreadPool>

#include <cerrno>
#include <new>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::Sentence;
using Work = ReaderRequest::Work;

namespace {
// CPU time per picture, in case the card reader does not give up by itself.
constexpr int kSecondsOfComputing = 20;

bool readAll(int descriptor, char* bytes, qsizetype count)
{
    while (count > 0) {
        const ssize_t got = ::read(descriptor, bytes, size_t(count));
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        bytes += std::max<ssize_t>(got, 0);
        count -= std::max<ssize_t>(got, 0);
    }
    return true;
}

bool writeAll(int descriptor, const QByteArray& bytes)
{
    for (qsizetype written = 0; written < bytes.size();) {
        const ssize_t done =
            ::write(descriptor, bytes.constData() + written, size_t(bytes.size() - written));
        if (done < 0 && errno != EINTR)
            return false;
        written += std::max<ssize_t>(done, 0);
    }
    return true;
}

// Decoders are plugins that are loaded with the first picture of their kind; later none can be.
void loadDecoders()
{
    QImage dot(1, 1, QImage::Format_RGB32);
    dot.fill(Qt::white);
    for (const char* format : {"jpeg", "png", "webp"}) {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        if (dot.save(&buffer, format))
            (void)decodeImage(bytes);
    }
}

// Qt scales and converts with its pool's threads and waits for them; later none can be created.
void startHelper()
{
    QThreadPool* pool = QThreadPool::globalInstance();
    pool->setMaxThreadCount(1);
    pool->setExpiryTimeout(-1);
    QSemaphore started; // waitForDone() would end the thread
    pool->start([&started] { started.release(); });
    started.acquire();
}

ReaderReply show(const ReaderRequest& request)
{
    auto image = decodeImage(request.picture);
    if (!image)
        return ReaderReply::of(domain::errorFor(image.error()));
    if (request.within.isEmpty())
        return ReaderReply::of(std::move(*image));
    return ReaderReply::of(
        image->scaled(request.within, Qt::KeepAspectRatio, Qt::SmoothTransformation));
}

ReaderReply read(const ReaderRequest& request, CardReader& reader)
{
    const auto fields = reader.read(request.picture, request.work == Work::ReadCard
                                                         ? domain::ScanType::BusinessCard
                                                         : domain::ScanType::LiquorLicense);
    return fields ? ReaderReply::of(*fields) : ReaderReply::of(fields.error());
}

ReaderReply answer(const ReaderRequest& request, CardReader& reader)
{
    try {
        return request.work == Work::Show ? show(request) : read(request, reader);
    } catch (const std::bad_alloc&) {
        return ReaderReply::of(
            base::fail(ErrorKind::Invalid,
                       Sentence::tr("The picture takes more memory than a card ever does.")));
    }
}
} // namespace

int serveReader(int in, int out, bool reads)
{
    limitThisProcess();
    loadDecoders();
    startHelper();
    CardReader reader;
    if (reads)
        (void)reader.start(); // what is missing is reported with the first picture
    confineThisProcess();
    for (;;) {
        QByteArray header(kRequestHeader, Qt::Uninitialized);
        if (!readAll(in, header.data(), header.size()))
            return 0;
        auto begun = requestFrom(header);
        if (!begun)
            return 2;
        ReaderRequest& request = begun->first;
        request.picture.resize(begun->second);
        if (!readAll(in, request.picture.data(), request.picture.size()))
            return 0;
        allowSecondsOfComputing(kSecondsOfComputing);
        const ReaderReply reply = answer(request, reader);
        if (!writeAll(out, headerOf(reply)) || !writeAll(out, reply.body))
            return 0;
    }
}

} // namespace queuedeck::handlers
