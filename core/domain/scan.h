// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/job.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QVector>

#include <optional>

namespace queuedeck::domain {

enum class ScanType { BusinessCard, LiquorLicense };

/// As in payloads and in the column scanType: business_card, liquor_license.
QString scanTypeText(ScanType type);
std::optional<ScanType> scanTypeFromText(const QString& text);

/// The names of the fields a scan of this type may have in extractedData, in the order they are
/// shown; without `confidence`.
QStringList scanFields(ScanType type);

/// A row of ImageScan with its job.
struct Scan
{
    ScanId id;
    QString scanType; ///< as stored; see scanTypeFromText
    QString imageUrl;
    QString status;            ///< processing, completed, failed; another program may write others
    QJsonObject extractedData; ///< fields read from the picture; absent = not seen
    QString errorMessage;
    QString tenantId;
    QString userId;
    QDateTime createdAt;   ///< UTC
    QDateTime completedAt; ///< UTC
    JobId job;             ///< the newest job that names this scan; empty if none
    QString jobStatus;

    /// 0..1 as the reader rated itself; none when it did not.
    std::optional<double> confidence() const;
    /// The name, business or licence number to call this scan by; empty if nothing was read.
    QString title() const;

    bool operator==(const Scan&) const = default;
};

/// A tenant or a user of the application's, as a person knows them.
struct ScanOwner
{
    QString id;
    QString name;   ///< or email; empty if the application keeps none
    QString tenant; ///< of a user: the tenant's id, where the application says so

    bool operator==(const ScanOwner&) const = default;
};

/// Whose a scan can be. Where the application's table asks for neither, both are empty.
struct ScanOwners
{
    QVector<ScanOwner> tenants;
    QVector<ScanOwner> users;
    bool needsTenant = false;
    bool needsUser = false;
};

/// Whose a scan is, by id or by name; an empty one is chosen where there is only one.
struct OwnerChoice
{
    QString tenant;
    QString user;
};

/// The owner that is meant. Invalid, with those to choose from, where that is not clear.
base::Result<OwnerChoice> chosenOwner(const ScanOwners& owners, const OwnerChoice& wanted);

/// A checked picture that becomes an ImageScan and a Job. `bytes` is the file as given.
struct NewScan
{
    ScanType type = ScanType::BusinessCard;
    QByteArray bytes;
    QString mediaType; ///< image/jpeg, image/png or image/webp, found by content
    QString fileName;  ///< shown to people only; never a path
    OwnerChoice owner = {};
};

/// The kind of the effect by which a scan follows its job; its target is the scan's id, its data
/// what was read.
inline constexpr QLatin1String kScanEffect("scan");

/// The scheme of a picture that is kept in the database itself: `queuedeck-image:UUID`.
inline constexpr QLatin1String kStoredImageScheme("queuedeck-image");

/// Whether a job waits for a processor that can fetch its picture: it lies at an address, and only
/// pictures that are stored in the database are read here.
bool waitsForAPicture(const JobDetail& detail);

} // namespace queuedeck::domain
