// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/scan.h"

#include <QImage>
#include <QWidget>

#include <optional>

class QGridLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Label;

/// The scan a job is about: its picture, small, beside the fields that were read from it.
class ScanView : public QWidget
{
    Q_OBJECT

public:
    explicit ScanView(service::Session& session, QWidget* parent = nullptr);

    /// Reads it again if it is the one already shown.
    void show(const std::optional<domain::ScanId>& id);
    using QWidget::show;
    bool hasScan() const { return m_id.has_value(); }

private:
    void shown(const domain::Scan& scan);
    void failed(const base::Error& error);
    void readPicture(const QString& url);
    void addField(const QString& name, const QString& value);
    void clearFields();

    service::Session& m_session;
    std::optional<domain::ScanId> m_id;
    domain::Scan m_scan;
    QString m_pictureUrl;
    Label* m_kind;
    QLabel* m_picture;
    QGridLayout* m_fields;
    Label* m_note;
};

/// "emailAddress" as people read it: "Email address".
QString fieldName(const QString& key);

} // namespace queuedeck::ui
