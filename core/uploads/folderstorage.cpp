// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uploads/folderstorage.h"

#include "core/base/privatefiles.h"
#include "core/base/wholefile.h"
#include "core/uploads/objectname.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace queuedeck::uploads {

using base::ErrorKind;
using base::Sentence;

base::Result<StoredPicture> FolderStorage::put(const OutgoingPicture& picture,
                                               const std::stop_token&)
{
    const QFileInfo folder(m_place.folder);
    if (folder.exists() && !folder.isDir())
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("%1 is not a folder, so no picture was put there.").arg(m_place.folder));
    if (!folder.exists()) {
        if (const base::Status made = base::makePrivateFolder(m_place.folder); !made)
            return base::fail(ErrorKind::Denied, made.error().detail);
    }
    const QString name = secretFileName(picture.mediaType);
    auto file = base::WholeFile::write(m_place.folder + u'/' + name, picture.bytes,
                                       base::WholeFile::Readers::Owner);
    if (!file)
        return base::fail(ErrorKind::Denied, file.error().detail);
    if (const base::Status done = (*file)->publish(false); !done)
        return base::fail(ErrorKind::Denied, done.error().detail);
    return StoredPicture{name, m_place.publicUrl(name)};
}

base::Status FolderStorage::remove(const StoredPicture& picture)
{
    QFile file(m_place.folder + u'/' + picture.name);
    if (!file.exists() || file.remove())
        return {};
    return base::fail(ErrorKind::Denied, file.errorString());
}

} // namespace queuedeck::uploads
