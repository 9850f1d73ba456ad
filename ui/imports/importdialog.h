// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "core/service/importservice.h"
#include "ui/widgets/environment.h"

#include <QDialog>
#include <QTemporaryDir>
#include <QTimer>

#include <atomic>
#include <memory>
#include <stop_token>

class QPushButton;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ImportColumns;
class ImportFileBar;
class ImportOutcome;
class ImportOwner;
class ImportPreviewPanel;
class Label;
class NameGate;
class Strip;

/// Imports a file: it is chosen or dropped, its columns are mapped, the import is tried out and
/// rolled back, and only then the job that does it is added. A choice that was changed must be
/// tried out again. Window-modal through open().
class ImportDialog : public QDialog
{
    Q_OBJECT

public:
    ImportDialog(service::Session& session, Environment environment, const QString& database,
                 QWidget* parent);
    ~ImportDialog() override;

    void setFile(const QString& path);
    void reject() override;

Q_SIGNALS:
    void added(const queuedeck::domain::JobId& job);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class State {
        NoFile,
        Looking, ///< at the file
        Trying,
        Tried,
        Changed, ///< what the trial said no longer holds
        Adding,
    };
    struct Progress
    {
        std::atomic<qint64> done = 0;
        std::atomic<qint64> all = 0;
    };

    QWidget* makeFoot();
    void choose();
    void look(bool triesOut);
    void tryOut();
    void tried(const service::ImportResult& result);
    void go();
    void add();
    void changed();
    void failed(const base::Error& error);
    void setState(State state);
    void showProgress();
    void offerEarlier();
    service::ImportChoice choice() const;
    /// Where rejected lines are saved, beside the file.
    QString keptAs() const;
    qint64 importedCount() const;
    bool canBeUndone() const;

    service::Session& m_session;
    const QTemporaryDir m_scratch;
    State m_state = State::NoFile;
    QString m_file;
    service::ImportResult m_result;
    int m_question = 0; ///< counts what was asked: earlier answers are ignored
    std::stop_source m_stop;
    std::shared_ptr<Progress> m_progress;
    QTimer m_progressTimer;
    ImportFileBar* m_bar;
    ImportOwner* m_owner;
    ImportColumns* m_columns;
    ImportOutcome* m_outcome;
    ImportPreviewPanel* m_preview;
    Strip* m_error;
    Label* m_foot = nullptr;
    QPushButton* m_again = nullptr;
    QPushButton* m_safe = nullptr;
    QPushButton* m_go = nullptr;
    NameGate* m_gate = nullptr;
};

} // namespace queuedeck::ui
