// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"

#include <QDialog>
#include <QList>
#include <QTimer>

class QLabel;
class QMimeData;
class QProgressBar;
class QPushButton;
class QRadioButton;
class QVBoxLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class Label;
class OwnerChooser;
class PlaceChooser;
class UploadQueue;
class UploadRow;

/// Upload Cards: pictures are dropped, chosen or pasted, uploaded at once, and followed until they
/// are read. Shown with open(); closing it stops only what has not been uploaded yet.
class UploadDialog : public QDialog
{
    Q_OBJECT

public:
    explicit UploadDialog(service::Session& session, QWidget* parent = nullptr);

    /// Files, and the files of folders (one level deep). Each is identified by its content.
    void addFiles(const QStringList& paths);
    void addImage(const QImage& image);

Q_SIGNALS:
    void showWanted(const QVector<queuedeck::domain::ScanId>& uploaded);
    void uploaded(int count); ///< so far, in this dialog

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeDropArea();
    QWidget* makeKinds();
    QWidget* makeList();
    QWidget* makeFoot();
    void choose();
    bool take(const QMimeData* mime);
    void addRows();
    void addRow(int index);
    void updateHold();
    void updateFoot();
    domain::ScanType kind() const;

    service::Session& m_session;
    UploadQueue* m_queue;
    PlaceChooser* m_place = nullptr;
    OwnerChooser* m_owner = nullptr;
    QRadioButton* m_cards = nullptr;
    QRadioButton* m_licenses = nullptr;
    QVBoxLayout* m_rowsLayout = nullptr;
    QList<UploadRow*> m_rows;
    Label* m_noRows = nullptr;
    QProgressBar* m_progress = nullptr;
    Label* m_progressText = nullptr;
    Label* m_foot = nullptr;
    QPushButton* m_show = nullptr;
    QTimer m_adding{this}; ///< rows that are still to be made
    int m_pasted = 0;
};

} // namespace queuedeck::ui
