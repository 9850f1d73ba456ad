// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/servedpictures.h"

#include "core/domain/picturefault.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Sentence;

namespace {
base::Result<QByteArray> readPlainFile(const QString& path)
{
    const base::Error isGone =
        base::fail(ErrorKind::NotFound, Sentence::tr("There is no such picture."));
    // A link could lead anywhere, and opening a pipe could wait for ever.
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0)
        return isGone;
    struct stat info = {};
    QFile file;
    if (::fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode) ||
        info.st_size > domain::kMostPictureBytes ||
        !file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle)) {
        ::close(descriptor);
        return isGone;
    }
    return file.read(domain::kMostPictureBytes);
}
} // namespace

ServedPictures::ServedPictures(QString folder)
    : m_folder(std::move(folder))
{
}

base::Status ServedPictures::check(const QString& folder)
{
    const QFileInfo info(folder);
    if (info.isDir() && info.isReadable() && info.isExecutable())
        return {};
    return base::fail(
        ErrorKind::Invalid,
        Sentence::tr("%1 is not a folder that can be read, so no pictures can be served from it.")
            .arg(folder));
}

bool ServedPictures::isName(QByteArrayView name)
{
    static const QRegularExpression kName(u"\\A[0-9a-f]{32}\\.(jpg|png|webp)\\z"_s);
    return kName.match(QString::fromLatin1(name)).hasMatch();
}

QFuture<base::Result<ServedPicture>> ServedPictures::read(const QByteArray& name)
{
    return m_thread.run([name, folder = m_folder]() -> base::Result<ServedPicture> {
        if (!isName(name))
            return base::fail(ErrorKind::NotFound, Sentence::tr("There is no such picture."));
        auto bytes = readPlainFile(folder + u'/' + QString::fromLatin1(name));
        if (!bytes)
            return bytes.error();
        const QByteArray ending = name.mid(name.indexOf('.') + 1);
        return ServedPicture{std::move(*bytes), "image/" + (ending == "jpg" ? "jpeg" : ending)};
    });
}

} // namespace queuedeck::service
