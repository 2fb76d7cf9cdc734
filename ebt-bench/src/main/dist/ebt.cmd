@echo off
call "%~dp0bin\ebt.cmd" %*
exit /b %ERRORLEVEL%
