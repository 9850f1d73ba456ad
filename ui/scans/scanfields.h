// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"
#include "ui/widgets/label.h"

#include <QMap>
#include <QWidget>

class QFormLayout;
class QLineEdit;
class QPushButton;

namespace queuedeck::ui {

class ConfidenceBar;
class CopyButton;
class IconView;

/// What was read from a picture: status, confidence, the fields as an editable copy, the error, and
/// where the scan comes from.
class ScanFields : public QWidget
{
    Q_OBJECT

public:
    explicit ScanFields(QWidget* parent = nullptr);

    /// Shows a scan; the same one again keeps what was edited unless other data was read.
    void show(const domain::Scan& scan);
    void clear();
    /// Says under the head that the scan is no longer in the list.
    void setGone(bool gone) { m_gone->setVisible(gone); }
    QMap<QString, QString> edited() const;
    using QWidget::show;

Q_SIGNALS:
    void jobWanted(const queuedeck::domain::JobId& id);
    void copied(const QString& text);

private:
    QWidget* makeHead();
    QWidget* makeFields();
    QWidget* makeOrigin();
    void fill();
    void showConfidence();
    void copy();

    domain::Scan m_scan;
    QWidget* m_body;
    IconView* m_icon = nullptr;
    Label* m_status = nullptr;
    Label* m_kind = nullptr;
    Label* m_gone = nullptr;
    QWidget* m_confidenceRow = nullptr;
    ConfidenceBar* m_bar = nullptr;
    Label* m_confidence = nullptr;
    QFrame* m_errorBox = nullptr;
    Label* m_error = nullptr;
    QWidget* m_fieldsBox = nullptr;
    QFormLayout* m_form = nullptr;
    QMap<QString, QLineEdit*> m_edits;
    Label* m_note = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_job = nullptr;
    Label* m_jobFacts = nullptr;
    Label* m_id = nullptr;
    CopyButton* m_copyId = nullptr;
    Label* m_created = nullptr;
    Label* m_finished = nullptr;
};

} // namespace queuedeck::ui
