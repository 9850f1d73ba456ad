// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/exportservice.h"

#include <QDialog>
#include <QTimer>

#include <atomic>
#include <memory>
#include <stop_token>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ExportColumns;
class ExportPaths;
class Label;
class Strip;

/// Which jobs are exported.
struct ExportQuestion
{
    domain::ExportScope scope;
    domain::MatchCount count;
};

/// Writes jobs to a file: format, columns, masks and times are chosen, with a preview of the first
/// lines; progress and Stop while it is written. The file is whole or not there. Window-modal
/// through open().
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    ExportDialog(service::Session& session, const ExportQuestion& question, QWidget* parent);
    ~ExportDialog() override;

    bool isRunning() const { return m_isRunning; }
    /// While it writes, this means Stop.
    void reject() override;
    domain::ExportChoice choice() const;
    QString file() const;

Q_SIGNALS:
    /// The file is there; `said` tells what a reader of it has to know.
    void exported(const QString& said);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeBody();
    void addFormats(QGridLayout& grid);
    void addTimes(QGridLayout& grid);
    QWidget* makeFile();
    QWidget* makeFoot();
    void nameFile();
    void chooseFile();
    void changed();
    void look();
    void preview();
    void showPreview(const base::Result<domain::ExportPreview>& preview);
    void showSize();
    void updateGo();
    void go();
    void write(bool mayReplace);
    void failed(const base::Error& error);
    void setRunning(bool isRunning);
    void showProgress();
    domain::ExportFormat format() const;

    service::Session& m_session;
    const ExportQuestion m_question;
    std::shared_ptr<const service::ExportService::Sample> m_sample;
    domain::ExportPreview m_preview;
    bool m_isPreviewing = false;
    bool m_isStale = false;    ///< the choice has changed since the preview was asked for
    bool m_mayReplace = false; ///< the person chose this very file in the dialog for files
    bool m_isRunning = false;
    std::stop_source m_stop;
    std::shared_ptr<std::atomic<qint64>> m_written;
    QTimer m_progressTimer;

    QButtonGroup* m_formats;
    Label* m_formatNote;
    QComboBox* m_zone;
    QComboBox* m_times;
    Label* m_timeExample;
    ExportColumns* m_columns;
    ExportPaths* m_paths;
    QPlainTextEdit* m_lines;
    QLineEdit* m_file;
    QPushButton* m_choose;
    QCheckBox* m_compress;
    QCheckBox* m_bom;
    QWidget* m_body;
    Strip* m_error;
    QProgressBar* m_bar;
    Label* m_foot;
    QPushButton* m_safe;
    QPushButton* m_go;
    QPushButton* m_stopButton;
};

} // namespace queuedeck::ui
