@echo off
rem Starts the ebt command line from an unpacked distribution. JAVA_HOME: Java 17 or later.
setlocal
set "EBT_JAVA=java"
if defined JAVA_HOME set "EBT_JAVA=%JAVA_HOME%\bin\java"
if not defined TF_CPP_MIN_LOG_LEVEL set "TF_CPP_MIN_LOG_LEVEL=2"
"%EBT_JAVA%" --enable-native-access=ALL-UNNAMED -XX:MaxRAMPercentage=40 -XX:G1PeriodicGCInterval=10000 -Dfile.encoding=UTF-8 %EBT_JAVA_OPTS% -cp "%~dp0..\lib\*" dev.ebt.bench.Ebt %*
exit /b %ERRORLEVEL%
