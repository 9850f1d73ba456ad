// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/queuemode.h"
#include "core/domain/scan.h"

#include <QString>
#include <QUrl>

namespace queuedeck::domain {

/// Where uploaded pictures are put, so that every processor of a database can fetch them. A value
/// that holds no secret: it may be shown, logged and kept in settings.
struct UploadPlace
{
    enum class Kind {
        Table,       ///< Queuedeck's own table: only Queuedeck can read it
        Folder,      ///< a folder that `queuedeckctl serve --pictures` serves
        Bucket,      ///< a bucket that speaks S3
        Supabase,    ///< a public bucket of Supabase storage
        Application, ///< the web application's upload route, which adds the scan itself
    };

    Kind kind = Kind::Table;
    QString folder = {};       ///< of Folder: an absolute path
    QUrl address = {};         ///< of the service, without the bucket; or of the upload route
    QString bucket = {};       ///< of Bucket and Supabase
    QString prefix = {};       ///< of Bucket: what names begin with, without slashes at its ends
    QString region = {};       ///< of Bucket
    bool isPathStyle = true;   ///< of Bucket: https://HOST/BUCKET/…, else https://BUCKET.HOST/…
    QUrl publicAddress = {};   ///< what the addresses of pictures begin with; of Folder, serve's
    QString licenseRoute = {}; ///< of Application: the path for liquor licenses

    /// The spellings of `text()`:
    /// - table
    /// - folder:/srv/cards?public=https://jobs.example
    /// - s3:https://HOST/BUCKET[/PREFIX][?region=R&style=path|host&public=URL]
    /// - supabase:https://PROJECT.supabase.co/BUCKET
    /// - app:https://app.example[/ROUTE][?licenses=/ROUTE]
    /// Errors: Invalid, with what is wrong and a spelling that works; Denied if it holds a password
    /// or would send a key over plain http to another computer.
    static base::Result<UploadPlace> parse(const QString& text);
    QString text() const;

    /// Whether a key is needed to put pictures there.
    bool needsKey() const { return kind != Kind::Table && kind != Kind::Folder; }
    /// The URL of the object `name`, for those who put it there.
    QUrl objectUrl(const QString& name) const;
    /// The URL of the object `name`, for those who fetch it.
    QString publicUrl(const QString& name) const;
    /// The route that takes pictures of this type.
    QUrl routeFor(ScanType type) const;

    bool operator==(const UploadPlace&) const = default;
};

/// What a database says about who may take a job with an uploaded picture.
struct UploadSurroundings
{
    QueueMode mode = QueueMode::Own;
    bool othersWork = false;     ///< another processor works on the table
    bool isLocalDatabase = true; ///< a file, or a server on this computer
};

/// Why nothing may be uploaded to this place: another processor would take the job and could not
/// read its picture. Denied, with what to do; success otherwise.
base::Status checkPlace(const UploadPlace& place, const UploadSurroundings& around);

} // namespace queuedeck::domain
