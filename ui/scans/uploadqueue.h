// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/scanservice.h"

#include <QHash>
#include <QObject>

#include <vector>

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

/// A picture being handled: inspected, uploaded or left out, read.
struct UploadItem
{
    enum class State {
        Waiting,
        Looking,
        Duplicate,
        Refused,
        Uploading,
        Pending,
        Processing,
        Completed,
        Failed
    };

    QString name;
    QString path;     ///< empty for a pasted picture
    QByteArray bytes; ///< of a pasted picture
    domain::ScanType type = domain::ScanType::BusinessCard;
    State state = State::Waiting;
    QString words; ///< why it was left out or not read
    service::PictureInfo info;
    domain::Scan scan; ///< as last read; its id is set once it is uploaded

    bool isUploaded() const { return !scan.id.isEmpty(); }
    bool isLeftOut() const { return state == State::Duplicate || state == State::Refused; }
    bool isRead() const { return state == State::Completed || state == State::Failed; }
};

/// Inspects pictures and uploads the good ones, one after the other, so that a second copy of a
/// picture is seen as one; then follows each until it has been read.
class UploadQueue : public QObject
{
    Q_OBJECT

public:
    explicit UploadQueue(service::Session& session, QObject* parent = nullptr);

    void addFile(const QString& path, domain::ScanType type);
    void addBytes(const QByteArray& bytes, const QString& name, domain::ScanType type);
    void uploadAnyway(int index); ///< a duplicate that was left out
    /// While held, nothing more is started: it is not known yet whose scans these are.
    void setHeld(bool isHeld);
    bool isHeld() const { return m_isHeld; }

    const UploadItem& item(int index) const { return m_items[size_t(index)]; }
    int count() const { return int(m_items.size()); }
    int uploadedCount() const;
    int leftOutCount() const;
    int completedCount() const;
    bool isBusy() const; ///< something is yet to be inspected or uploaded

Q_SIGNALS:
    void added(int index);
    void changed(int index);
    void uploaded(int index);

private:
    void add(UploadItem item);
    void step();
    void look(int index);
    void upload(int index);
    void refuse(int index, const QString& words);
    static QString faultText(const domain::PictureFault& fault);
    void set(int index, UploadItem::State state);
    void follow();
    void followPage(int offset);
    void followRest();
    void take(int index, const domain::Scan& scan);

    service::Session& m_session;
    std::vector<UploadItem> m_items;
    bool m_isHeld = false;
    bool m_isStepping = false;
    QHash<domain::ScanId, int> m_followed; ///< those whose state is still to be read
    bool m_isFollowing = false;
    bool m_followAgain = false;
};

} // namespace queuedeck::ui
