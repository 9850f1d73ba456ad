// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/uploadqueue.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/session.h"
#include "ui/notice/errortext.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using State = UploadItem::State;

namespace {
constexpr int kPage = 200;
constexpr int kMostListed = 2000;
} // namespace

UploadQueue::UploadQueue(service::Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&session.changes(), &service::ChangeFeed::changed, this, &UploadQueue::follow);
}

void UploadQueue::addFile(const QString& path, domain::ScanType type)
{
    UploadItem item;
    item.name = QFileInfo(path).fileName();
    item.path = path;
    item.type = type;
    add(std::move(item));
}

void UploadQueue::addBytes(const QByteArray& bytes, const QString& name, domain::ScanType type)
{
    UploadItem item;
    item.name = name;
    item.bytes = bytes;
    item.type = type;
    add(std::move(item));
}

void UploadQueue::add(UploadItem item)
{
    m_items.push_back(std::move(item));
    Q_EMIT added(count() - 1);
    step();
}

void UploadQueue::uploadAnyway(int index)
{
    if (item(index).state != State::Duplicate || m_isHeld)
        return;
    m_items[size_t(index)].words.clear();
    m_items[size_t(index)].info.duplicateOf.clear();
    upload(index);
}

void UploadQueue::setHeld(bool isHeld)
{
    m_isHeld = isHeld;
    step();
}

int UploadQueue::uploadedCount() const
{
    return int(std::ranges::count_if(m_items, &UploadItem::isUploaded));
}

int UploadQueue::leftOutCount() const
{
    return int(std::ranges::count_if(m_items, &UploadItem::isLeftOut));
}

int UploadQueue::completedCount() const
{
    return int(std::ranges::count(m_items, State::Completed, &UploadItem::state));
}

bool UploadQueue::isBusy() const
{
    return std::ranges::any_of(m_items, [](const UploadItem& item) {
        return item.state == State::Waiting || item.state == State::Looking ||
               item.state == State::Uploading;
    });
}

void UploadQueue::set(int index, State state)
{
    m_items[size_t(index)].state = state;
    Q_EMIT changed(index);
}

void UploadQueue::step()
{
    if (m_isStepping || m_isHeld)
        return;
    const auto next = std::ranges::find(m_items, State::Waiting, &UploadItem::state);
    if (next == m_items.end())
        return;
    m_isStepping = true;
    look(int(next - m_items.begin()));
}

void UploadQueue::look(int index)
{
    set(index, State::Looking);
    const UploadItem& one = item(index);
    service::ScanService& scans = m_session.scans();
    const auto answer = [this, index](const base::Result<service::PictureInfo>& info) {
        if (!info) {
            refuse(index, errorText(info.error()).sentence);
        } else if (info->fault) {
            refuse(index, faultText(*info->fault));
        } else {
            m_items[size_t(index)].info = *info;
            if (info->duplicateOf.isEmpty())
                return upload(index); // continues with the next one once uploaded
            m_items[size_t(index)].words = tr("Same image as %1").arg(info->duplicateOf);
            set(index, State::Duplicate);
        }
        m_isStepping = false;
        step();
    };
    async::deliver(one.path.isEmpty() ? scans.inspect(one.bytes, one.name)
                                      : scans.inspect(one.path),
                   this, answer);
}

void UploadQueue::upload(int index)
{
    const bool isNext = item(index).state == State::Looking;
    set(index, State::Uploading);
    const UploadItem& one = item(index);
    service::ScanService& scans = m_session.scans();
    const auto answer = [this, index, isNext](const base::Result<service::UploadedScan>& scan) {
        if (!scan) {
            refuse(index, errorText(scan.error()).sentence);
        } else {
            UploadItem& done = m_items[size_t(index)];
            done.scan.id = scan->scan;
            done.scan.job = scan->job;
            done.bytes.clear();
            set(index, State::Pending);
            Q_EMIT uploaded(index);
            m_session.changes().poke();
        }
        if (isNext)
            m_isStepping = false;
        step();
    };
    async::deliver(one.path.isEmpty() ? scans.upload(one.bytes, one.name, one.type)
                                      : scans.upload(one.path, one.type),
                   this, answer);
}

QString UploadQueue::faultText(const domain::PictureFault& fault)
{
    using Why = domain::PictureFault::Why;
    const auto exact = [](qint64 number) { return QLocale().toString(number); };
    switch (fault.why) {
    case Why::NotAnImage: return tr("Not an image: JPEG, PNG and WebP are read.");
    case Why::Empty: return tr("The file is empty.");
    case Why::TooManyBytes:
        return tr("The picture has %1 bytes; %2 (20 MB) is the limit.")
            .arg(exact(fault.count), exact(domain::kMostPictureBytes));
    case Why::NoPixels: return tr("The picture has no pixels.");
    case Why::TooManyPixels:
        return tr("The picture has %1 megapixels; 25 is the limit.")
            .arg((fault.count + 999'999) / 1'000'000);
    case Why::TooManyScans:
        return tr("The picture is stored in %1 scans; %2 is the limit. Save it again.")
            .arg(exact(fault.count), exact(domain::kMostPictureScans));
    case Why::Animated:
        return tr("The picture is animated, with %1 frames. Save the one to be read as JPEG or "
                  "PNG.")
            .arg(exact(fault.count));
    case Why::CutOff:
        return tr("The picture is cut off: its end is missing. Copy or save it again.");
    case Why::Broken: break;
    }
    return tr("The picture cannot be decoded: it is damaged. Copy or save it again.");
}

void UploadQueue::refuse(int index, const QString& words)
{
    UploadItem& one = m_items[size_t(index)];
    one.words = words;
    one.bytes.clear();
    set(index, State::Refused);
}

// Those that were uploaded here are mostly the newest, so a page or two of the list has them all.
void UploadQueue::follow()
{
    if (m_isFollowing) {
        m_followAgain = true;
        return;
    }
    m_followed.clear();
    for (int i = 0; i < count(); ++i) {
        if (item(i).isUploaded() && item(i).state != State::Completed)
            m_followed.insert(item(i).scan.id, i);
    }
    if (m_followed.isEmpty())
        return;
    m_isFollowing = true;
    followPage(0);
}

void UploadQueue::followPage(int offset)
{
    async::deliver(m_session.scans().page({}, offset, kPage), this,
                   [this, offset](const base::Result<service::ScanPage>& page) {
                       const bool isLast = !page || page->isLast || offset + kPage >= kMostListed;
                       for (const domain::Scan& scan :
                            page ? page->scans : QVector<domain::Scan>()) {
                           if (m_followed.contains(scan.id))
                               take(m_followed.take(scan.id), scan);
                       }
                       if (isLast || m_followed.isEmpty())
                           followRest();
                       else
                           followPage(offset + kPage);
                   });
}

// One query at a time, however many pictures wait.
void UploadQueue::followRest()
{
    if (m_followed.isEmpty()) {
        m_isFollowing = false;
        if (std::exchange(m_followAgain, false))
            follow();
        return;
    }
    const domain::ScanId id = m_followed.begin().key();
    const int index = m_followed.take(id);
    async::deliver(m_session.scans().scan(id), this,
                   [this, index](const base::Result<domain::Scan>& scan) {
                       if (scan)
                           take(index, *scan);
                       followRest();
                   });
}

void UploadQueue::take(int index, const domain::Scan& scan)
{
    UploadItem& one = m_items[size_t(index)];
    State state = State::Processing;
    if (scan.status == "completed"_L1)
        state = State::Completed;
    else if (scan.status == "failed"_L1)
        state = State::Failed;
    else if (scan.jobStatus == "pending"_L1)
        state = State::Pending;
    if (scan == one.scan && state == one.state)
        return;
    one.scan = scan;
    one.words = state == State::Failed ? scan.errorMessage : QString();
    set(index, state);
}

} // namespace queuedeck::ui
