// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/picturefile.h"

#include "core/domain/picturefault.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Sentence;
using domain::PictureFault;

base::Result<QByteArray> readPictureFile(const QString& path)
{
    const QFileInfo info(path);
    const QString name = info.fileName();
    if (!info.exists())
        return base::fail(ErrorKind::NotFound, Sentence::tr("There is no file %1.").arg(path));
    if (!info.isFile()) // a folder, a device, a pipe that would never end
        return base::fail(ErrorKind::Invalid, Sentence::tr("%1 is not a file.").arg(name));
    if (info.size() > domain::kMostPictureBytes)
        return domain::errorFor({PictureFault::Why::TooManyBytes, info.size()});
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(ErrorKind::Denied,
                          Sentence::tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    return file.read(domain::kMostPictureBytes + 1);
}

} // namespace queuedeck::service
